import { type RawBuilder, sql } from 'kysely'
import type { Reason } from '#lib/genotype/reason.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { Database } from '#lib/services.ts'
import type { TimelineEntryKind } from '#lib/sessions/timeline-entry.ts'

/** What is counted: projects (null: all, except some) and a span of time. */
export interface Span {
  scope: readonly string[] | null
  except: readonly string[]
  from: Date
  to: Date
}

/** How far the links that were minted on one day (UTC) have come by now. Each stage counts those of the next one too. */
export interface FunnelDay {
  day: string
  /** Null until a file was accepted. */
  vendor: Vendor | null
  minted: number
  opened: number
  checked: number
  uploaded: number
  received: number
  succeeded: number
  failed_qc: number
  failed: number
}

/** Stands for all projects together, in the tables of counters. */
const ALL_PROJECTS = '00000000-0000-0000-0000-000000000000'

const ofScope = ({ scope, except }: Span) =>
  sql`project_id = any(${scope === null ? [ALL_PROJECTS, ...except] : scope.filter((id) => id !== ALL_PROJECTS)}::uuid[])`
/** A column of counters: what is excepted is subtracted from all. */
const tallied = ({ scope }: Span, column: string) =>
  scope === null
    ? sql`sum(case project_id when ${ALL_PROJECTS}::uuid then 1 else -1 end * ${sql.ref(column)})::int`
    : sql`sum(${sql.ref(column)})::int`
const dayOf = (time: Date) => sql`(${time}::timestamptz at time zone 'UTC')::date`

/** Rows of counters of the span, whose ends are midnights. */
const counted = (span: Span) =>
  sql`${ofScope(span)} and day >= ${dayOf(span.from)} and day < ${dayOf(span.to)}`

const STAGES = [
  'minted',
  'opened',
  'checked',
  'uploaded',
  'received',
  'succeeded',
  'failed_qc',
  'failed',
] as const satisfies (keyof FunnelDay)[]

/** Days and vendors of the span; days without links are missing. */
export async function selectFunnel(db: Database, span: Span): Promise<FunnelDay[]> {
  const { rows } = await sql<FunnelDay>`
    select day::text, nullif(vendor, '') as vendor,
           ${sql.join(STAGES.map((stage) => sql`${tallied(span, stage)} as ${sql.ref(stage)}`))}
      from insight_day where ${counted(span)}
     group by insight_day.day, insight_day.vendor having ${tallied(span, 'minted')} > 0
     order by insight_day.day, insight_day.vendor`.execute(db)
  return rows
}

/** Median seconds; null where nothing came that far. */
export interface MedianTimes {
  until_opened: number | null
  until_received: number | null
  until_done: number | null
}

/** Reads every link of the span. */
export async function selectMedianTimes(db: Database, span: Span): Promise<MedianTimes> {
  const median = (to: string, from: string, where: string) =>
    sql.raw(`percentile_cont(0.5) within group (order by extract(epoch from ${to} - ${from}))
      filter (where ${where})::float8`)
  const { rows } = await sql<MedianTimes>`
    with link as (${linksOf(span)})
    select ${median('opened_at', 'created', 'opened_at is not null')} as until_opened,
           ${median('accepted_at', 'opened_at', "state = 'received'")} as until_received,
           ${median('status_at', 'accepted_at', "status in ('succeeded', 'failed qc')")} as until_done
      from link`.execute(db)
  return rows[0]!
}

/** How many links took so long for a step: bucket n begins at 2^(n/8) seconds. */
export interface TimeBucket {
  step: keyof MedianTimes
  bucket: number
  n: number
}

/** In the order of time. Whole months are read as such, and days only before and after them. */
export async function selectTimeBuckets(db: Database, span: Span): Promise<TimeBucket[]> {
  const months = wholeMonths(span)
  const days = (from: Date, to: Date) =>
    sql`select project_id, step, bucket, n from insight_time
         where ${ofScope(span)} and day >= ${dayOf(from)} and day < ${dayOf(to)}`
  const { rows } = await sql<TimeBucket>`
    select step, bucket, ${tallied(span, 'n')} as n from (
      ${days(span.from, months.from)} union all ${days(months.to, span.to)} union all
      select project_id, step, bucket, n from insight_month
       where ${ofScope(span)} and month >= ${dayOf(months.from)} and month < ${dayOf(months.to)}
    ) counted
     group by 1, 2 having ${tallied(span, 'n')} > 0 order by 1, 2`.execute(db)
  return rows
}

/** The months that lie in the span from their first day to their last; both its end when there is none. */
function wholeMonths({ from, to }: Span): { from: Date; to: Date } {
  const first = new Date(
    Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + (from.getUTCDate() > 1 ? 1 : 0)),
  )
  const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth()))
  return first < last ? { from: first, to: last } : { from: to, to }
}

/** Links that can still reach a stage: they reached the one before, and their time is not over. */
export interface Waiting {
  opened: number
  checked: number
  uploaded: number
  received: number
  succeeded: number
}

/** Reads only what is under way: sessions that have not ended, and samples whose run has not. */
export async function selectWaiting(db: Database, span: Span): Promise<Waiting> {
  const { from, to } = span
  const inSpan = sql`sample.created >= ${from} and sample.created < ${to} and ${within(span, 'sample.project_id')}`
  const { rows } = await sql<Waiting>`
    with time as materialized (select app_now() as now),
    usable as (
      select session.sample_id, session.state, session.deadline from upload_session session
       where session.state = 'minted' and session.link_expires_at > (select now from time)
      union all
      select session.sample_id, session.state, session.deadline from upload_session session
       where session.state = 'opened'
    ),
    link as (
      select usable.state, usable.deadline, count(upload.id) > 0 as checked,
             count(upload.received_at) > 0 as uploaded, coalesce(bool_or(upload.state = 'checking'), false) as judged
        from usable join sample on sample.id = usable.sample_id
        left join upload on upload.sample_id = usable.sample_id
       where ${inSpan}
       group by usable.sample_id, usable.state, usable.deadline
    ),
    under_way as (
      select * from link where state = 'minted' or deadline > (select now from time) or judged
    )
    select count(*) filter (where state = 'minted')::int as opened,
           count(*) filter (where state = 'opened' and not checked)::int as checked,
           count(*) filter (where state = 'opened' and checked and not uploaded)::int as uploaded,
           count(*) filter (where state = 'opened' and uploaded)::int as received,
           (select count(*)::int from project cross join lateral (
              select 1 from sample join upload_session on upload_session.sample_id = sample.id
               where sample.project_id = project.id and sample.status in ('scheduled', 'running') and ${inSpan}
            ) running) as succeeded
      from under_way`.execute(db)
  return rows[0]!
}

/** Why people could not continue, by the day (UTC) on which it happened. */
export interface ReasonDay {
  day: string
  kind: TimelineEntryKind
  reason: Reason
  count: number
}

export async function selectReasons(db: Database, span: Span): Promise<ReasonDay[]> {
  const { rows } = await sql<ReasonDay>`
    select day::text, kind, reason, ${tallied(span, 'n')} as count from insight_reason where ${counted(span)}
     group by insight_reason.day, kind, reason having ${tallied(span, 'n')} > 0 order by insight_reason.day, kind, reason`.execute(
    db,
  )
  return rows
}

/** Links that ended without a file, by the stage that they did not reach and the last thing that kept the file out. */
export interface Stop {
  stage: Exclude<keyof Waiting, 'succeeded'>
  reason: Reason
  detail: string | null
  links: number
}

/** Of the links that were minted in the span, most frequent first. Those that can still be used are not among them. Reads whole months as such. */
export async function selectStops(db: Database, span: Span): Promise<Stop[]> {
  const months = wholeMonths(span)
  const stops = (unit: 'day' | 'month', from: Date, to: Date) =>
    sql`select project_id, stage, reason, detail, n from insight_stop
         where ${ofScope(span)} and unit = ${unit} and day >= ${dayOf(from)} and day < ${dayOf(to)}`
  const { rows } = await sql<Stop>`
    select stage, reason, nullif(detail, '') as detail, ${tallied(span, 'n')} as links from (
      ${stops('day', span.from, months.from)} union all ${stops('day', months.to, span.to)} union all
      ${stops('month', months.from, months.to)}
    ) counted
     group by stage, reason, counted.detail having ${tallied(span, 'n')} > 0
     order by links desc, stage, reason, counted.detail`.execute(db)
  return rows
}

/** What imputing with one panel costs a sample. Medians over the runs that ended in the span; null where unknown. */
export interface ImputationCost {
  panel: string
  samples: number
  median_cpu_seconds: number | null
  median_bytes: number | null
}

export async function selectImputationCosts(db: Database, span: Span): Promise<ImputationCost[]> {
  const { from, to } = span
  const { rows } = await sql<ImputationCost>`
    select run.panel_id as panel, count(*)::int as samples,
           percentile_cont(0.5) within group (order by run.cpu_seconds)::float8 as median_cpu_seconds,
           percentile_cont(0.5) within group (order by deliverable.size)::float8 as median_bytes
      from run join sample on sample.id = run.sample_id
      join deliverable on deliverable.run_id = run.id and deliverable.file_type = 'impute-vcf'
     where run.panel_id is not null and run.state = 'succeeded'
       and run.ended_at >= ${from} and run.ended_at < ${to}
       and ${within(span, 'sample.project_id')}
     group by 1 order by 2 desc, 1`.execute(db)
  return rows
}

/** One row for each link that was minted in the span. */
const linksOf = (span: Span) => sql`
  select one.created, one.status, one.status_at, session.opened_at, session.state,
         (select received_at from upload where sample_id = one.id and state = 'accepted') as accepted_at
    from project cross join lateral (
      select id, created, status, status_at from sample
       where sample.project_id = project.id and sample.created >= ${span.from} and sample.created < ${span.to}
    ) one
    join upload_session session on session.sample_id = one.id
   where ${within(span, 'project.id')}`

const within = ({ scope, except }: Span, column: string): RawBuilder<boolean> =>
  scope === null
    ? sql<boolean>`${sql.ref(column)} <> all(${[...except]}::uuid[])`
    : sql<boolean>`${sql.ref(column)} = any(${[...scope]}::uuid[])`
