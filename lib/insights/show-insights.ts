import { type Caller, demandRight, projectsInScope } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import {
  selectFunnel,
  selectImputationCosts,
  selectMedianTimes,
  selectReasons,
  selectWaiting,
} from './insights-table.ts'
import { daysOf, type Insights, type InsightsFilter, presentInsights } from './wire.ts'

/** How far links come, why they stop and how long it takes, by day. A project out of sight has none. */
export async function showInsights(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  filter: InsightsFilter,
): Promise<Insights> {
  if (filter.from && filter.to && filter.from > filter.to) {
    const message = 'This day is after the last one.'
    throw new Problem('invalid', message, { fields: { from: [message] } })
  }
  const scope = projectsInScope(demandRight(caller, 'sample_read'), filter.project)
  const span = { scope, ...daysOf(filter, await clock.now()) }
  const [funnel, reasons, times, waiting, imputation] = await Promise.all([
    selectFunnel(db, span),
    selectReasons(db, span),
    selectMedianTimes(db, span),
    selectWaiting(db, span),
    selectImputationCosts(db, span),
  ])
  return presentInsights({ ...span, funnel, reasons, times, waiting, imputation })
}
