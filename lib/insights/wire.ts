import { z } from 'zod'
import { REASONS, type Reason } from '#lib/genotype/reason.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import { Problem } from '#lib/problem.ts'
import { TIMELINE_ENTRY_KINDS, type TimelineEntryKind } from '#lib/sessions/timeline-entry.ts'
import { QueryDay, QueryUuid } from '#lib/wire/query-fields.ts'
import type { FunnelDay, ImputationCost, MedianTimes, ReasonDay, Stop, Waiting } from './insights-table.ts'

const DAY_MS = 86_400_000
/** Days that are counted without being asked for, and at most. */
const DAYS_DEFAULT = 30
export const DAYS_MAX = 366

/** Query of `GET insights/`: whole days in UTC, both included. */
export const InsightsFilter = z.object({
  project: QueryUuid.optional(),
  from: QueryDay.optional(),
  to: QueryDay.optional(),
})
export type InsightsFilter = z.output<typeof InsightsFilter>

const Count = z.int().min(0)
const STAGES = ['minted', 'opened', 'checked', 'uploaded', 'received', 'succeeded'] as const
const Stages = z.object({
  minted: Count,
  opened: Count,
  checked: Count,
  uploaded: Count,
  received: Count,
  succeeded: Count,
})

/** Answer of `GET insights/`; ours. */
export const Insights = z.object({
  from: z.string(),
  to: z.string(),
  funnel: Stages,
  /** Of those that have not reached a stage, how many still can: they reached the one before and have time left. */
  waiting: z.object({
    opened: Count,
    checked: Count,
    uploaded: Count,
    received: Count,
    succeeded: Count,
  }),
  days: z.array(
    Stages.extend({
      day: z.string(),
      /** Accepted files by vendor. */
      vendors: z.partialRecord(z.enum(VENDORS), Count),
      /** Refused files, ended links and left pages by reason. */
      reasons: z.partialRecord(z.enum(REASONS), Count),
    }),
  ),
  vendors: z.array(
    z.object({
      vendor: z.enum(VENDORS),
      received: Count,
      succeeded: Count,
      failed_qc: Count,
      failed: Count,
    }),
  ),
  /**
   * Links of these days that ended without a file, by the stage that they did not reach: the last reason for which a file was
   * refused or did not get through, else that the page was left, else that the time was over; `link_canceled` where the
   * link was canceled. Each link counts once; those that can still be used do not.
   */
  stops: z.array(
    z.object({
      stage: z.enum(['opened', 'checked', 'uploaded', 'received']),
      reason: z.enum(REASONS),
      detail: z.string().nullable(),
      links: Count,
    }),
  ),
  reasons: z.array(z.object({ kind: z.enum(TIMELINE_ENTRY_KINDS), reason: z.enum(REASONS), count: Count })),
  median_seconds: z.object({
    until_opened: z.number().nullable(),
    until_received: z.number().nullable(),
    until_done: z.number().nullable(),
  }),
  /** Imputed samples whose run ended in these days, by panel, and what one of them costs. */
  imputation: z.array(
    z.object({
      panel: z.string(),
      samples: Count,
      median_cpu_seconds: z.number().nullable(),
      median_bytes: z.number().nullable(),
    }),
  ),
})
export type Insights = z.infer<typeof Insights>

/**
 * The days that are meant, as times: the last one ends before `to`. Throws 400 for a first day after the last one, and for
 * more than DAYS_MAX days.
 */
export function daysOf({ from, to }: InsightsFilter, now: Date): { from: Date; to: Date } {
  const today = now.toISOString().slice(0, 10)
  // A first day that is still to come has nothing yet, and is not all that there was before.
  const last = new Date(`${to ?? (from && from > today ? from : today)}T00:00:00Z`)
  const end = new Date(last.getTime() + DAY_MS)
  const first = from ? new Date(`${from}T00:00:00Z`) : new Date(end.getTime() - DAYS_DEFAULT * DAY_MS)
  if (first >= end) refuseFrom('This day is after the last one.')
  if (end.getTime() - first.getTime() > DAYS_MAX * DAY_MS)
    refuseFrom(`Ensure this is at most ${DAYS_MAX} days before the last one.`)
  return { from: first, to: end }
}

function refuseFrom(words: string): never {
  throw new Problem('invalid', words, { fields: { from: [words] } })
}

interface Counted {
  from: Date
  to: Date
  funnel: FunnelDay[]
  reasons: ReasonDay[]
  stops: Stop[]
  times: MedianTimes
  waiting: Waiting
  imputation: ImputationCost[]
}

/** Days without anything are there too, so that a chart has no gaps. */
export function presentInsights({
  from,
  to,
  funnel,
  reasons,
  stops,
  times,
  waiting,
  imputation,
}: Counted): Insights {
  const days: Insights['days'] = []
  const linksBy = Map.groupBy(funnel, (row) => row.day)
  const reasonsBy = Map.groupBy(reasons, (row) => row.day)
  for (let at = from.getTime(); at < to.getTime(); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10)
    const links = linksBy.get(day) ?? []
    days.push({
      day,
      ...stagesOf(links),
      vendors: tally(links, ({ vendor, received }) => [vendor, received]),
      reasons: tally(reasonsBy.get(day) ?? [], ({ reason, count }) => [reason, count]),
    })
  }
  return {
    from: days[0]!.day,
    to: days.at(-1)!.day,
    funnel: stagesOf(funnel),
    waiting,
    days,
    vendors: vendorsOf(funnel),
    stops,
    reasons: reasonsOf(reasons),
    median_seconds: times,
    imputation,
  }
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)

const stagesOf = (rows: readonly FunnelDay[]): z.infer<typeof Stages> =>
  Object.fromEntries(STAGES.map((stage) => [stage, sum(rows, (row) => row[stage])])) as z.infer<typeof Stages>

function tally<Row, Key extends string>(
  rows: readonly Row[],
  of: (row: Row) => [Key | null, number],
): Partial<Record<Key, number>> {
  const counts: Partial<Record<Key, number>> = {}
  for (const row of rows) {
    const [key, count] = of(row)
    if (key !== null && count > 0) counts[key] = (counts[key] ?? 0) + count
  }
  return counts
}

function vendorsOf(funnel: readonly FunnelDay[]): Insights['vendors'] {
  const names = [...new Set(funnel.flatMap(({ vendor }) => (vendor === null ? [] : [vendor])))]
  return names
    .map((vendor) => {
      const rows = funnel.filter((row) => row.vendor === vendor)
      return {
        vendor,
        received: sum(rows, ({ received }) => received),
        succeeded: sum(rows, ({ succeeded }) => succeeded),
        failed_qc: sum(rows, ({ failed_qc }) => failed_qc),
        failed: sum(rows, ({ failed }) => failed),
      }
    })
    .sort((one, other) => other.received - one.received)
}

function reasonsOf(reasons: readonly ReasonDay[]): Insights['reasons'] {
  const counts = tally(reasons, ({ kind, reason, count }) => [`${kind} ${reason}`, count])
  return Object.entries(counts)
    .map(([key, count = 0]) => {
      const [kind, reason] = key.split(' ') as [TimelineEntryKind, Reason]
      return { kind, reason, count }
    })
    .sort((one, other) => other.count - one.count)
}
