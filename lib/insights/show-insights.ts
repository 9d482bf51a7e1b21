import { type Caller, demandRight, projectsInScope } from '#lib/access/caller.ts'
import { workTime } from '#lib/platform/work-off.ts'
import { Problem } from '#lib/problem.ts'
import { listTestProjects } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import { countInsights } from './count-insights.ts'
import {
  type FunnelDay,
  type MedianTimes,
  type Span,
  selectFunnel,
  selectImputationCosts,
  selectMedianTimes,
  selectReasons,
  selectStops,
  selectTimeBuckets,
  selectWaiting,
} from './insights-table.ts'
import { mediansOf } from './median-times.ts'
import { daysOf, type Insights, type InsightsFilter, presentInsights } from './wire.ts'

/** With more links than these, medians are told from counters, within a few hundredths. */
export const EXACT_LINKS_MAX = 1_000
/** How long an answer waits for changes to be counted that are more than one batch. */
const COUNTING_MS = 100

/**
 * How far links come, why they stop and how long it takes, by day. A project out of sight has none. Test projects count
 * only where one is asked for, and for a caller who is bound to such.
 */
export async function showInsights(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  filter: InsightsFilter,
): Promise<Insights> {
  if (filter.from && filter.to && filter.from > filter.to) {
    const message = 'This day is after the last one.'
    throw new Problem('invalid', message, { fields: { from: [message] } })
  }
  const inScope = projectsInScope(demandRight(caller, 'sample_read'), filter.project)
  const except = filter.project === undefined ? await listTestProjects({ db }) : []
  const real = inScope?.filter((id) => !except.includes(id)) ?? null
  const scope = real?.length === 0 ? inScope : real
  const span = { scope, except, ...daysOf(filter, await clock.now()) }
  // What happened before the request is counted, but for a backlog, which is the sweep's.
  await countInsights({ db }, workTime(COUNTING_MS))
  const [{ funnel, times }, reasons, stops, waiting, imputation] = await Promise.all([
    selectFunnelAndTimes(db, span),
    selectReasons(db, span),
    selectStops(db, span),
    selectWaiting(db, span),
    selectImputationCosts(db, span),
  ])
  return presentInsights({ ...span, funnel, reasons, stops, times, waiting, imputation })
}

async function selectFunnelAndTimes(
  db: Services['db'],
  span: Span,
): Promise<{ funnel: FunnelDay[]; times: MedianTimes }> {
  const funnel = await selectFunnel(db, span)
  const links = funnel.reduce((total, { minted }) => total + minted, 0)
  const times =
    links > EXACT_LINKS_MAX ? mediansOf(await selectTimeBuckets(db, span)) : await selectMedianTimes(db, span)
  return { funnel, times }
}
