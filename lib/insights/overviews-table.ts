import { type RawBuilder, sql } from 'kysely'
import type { Reason } from '#lib/genotype/reason.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { SampleRow } from '#lib/samples/samples-table.ts'
import type { Database } from '#lib/services.ts'
import type { OverviewFilter } from './overview-filter.ts'

/** Characters of metadata that a list shows. */
const EXCERPT_CHARACTERS = 200

/** A sample as the lists of several projects show it. */
export interface Overview extends Omit<SampleRow, 'metadata'> {
  metadata_excerpt: string | null
  session_state: string | null
  reason: Reason | null
  vendor: Vendor | null
}

/** Projects that samples are looked for in; null: all. */
export type Scope = readonly string[] | null

/**
 * One page of the samples of these projects, and how many there are, counted no further than `countMax`. Every project is
 * asked by its own indexes and the answers are merged: rows that nobody sees are not read, however many projects there are.
 */
export async function selectOverviews(
  db: Database,
  scope: Scope,
  filter: OverviewFilter,
  { limit, offset, countMax }: { limit: number; offset: number; countMax: number },
): Promise<{ count: number; rows: Overview[] }> {
  const direction = sql.raw(filter.sort_order)
  const order = (of: string) =>
    sql`${sql.ref(`${of}.${filter.sort_by}`)} ${direction}, ${sql.ref(`${of}.id`)} ${direction}`
  const counting = sql<{ count: number }>`
    select count(*)::int as count from (
      select from project cross join lateral (
        -- In order, so that a project of few samples is not looked for among all the others.
        select from sample where ${conditions(filter)} order by ${order('sample')} limit ${countMax}
      ) one
      where ${within(scope)} limit ${countMax}
    ) found`.execute(db)
  const listing = sql<Overview>`
    select ${COLUMNS}, left(page.metadata::text, ${EXCERPT_CHARACTERS}) as metadata_excerpt, ${FACTS}
      from (
        select one.* from project cross join lateral (
          select * from sample where ${conditions(filter)} order by ${order('sample')} limit ${limit + offset}
        ) one
        where ${within(scope)} order by ${order('one')} limit ${limit} offset ${offset}
      ) page ${WITH_FACTS} order by ${order('page')}`.execute(db)
  const [counted, { rows }] = await Promise.all([counting, listing])
  return { count: counted.rows[0]!.count, rows }
}

/** Where a walk over all samples has come to; the time as text, because it is finer than a `Date`. */
export interface Cursor {
  created: string
  id: string
}

export interface ExportedSample extends Overview {
  metadata: string | null
  /** As the genotypes on X and Y show it; null where nothing was read. */
  inferred_sex: string | null
  cursor: string
}

/** The next samples of a walk over all that the filter finds, newest first. */
export async function selectOverviewsAfter(
  db: Database,
  scope: Scope,
  filter: OverviewFilter,
  { after, limit }: { after: Cursor | null; limit: number },
): Promise<ExportedSample[]> {
  const beyond = after
    ? sql`and (sample.created, sample.id) < (${after.created}::timestamptz, ${after.id}::uuid)`
    : sql``
  const { rows } = await sql<ExportedSample>`
    select ${COLUMNS}, page.metadata::text as metadata, ${FACTS},
           page.qc #>> '{summary,inferredSex}' as inferred_sex, page.created::text as cursor
      from (
        select one.* from project cross join lateral (
          select * from sample where ${conditions(filter)} ${beyond}
           order by sample.created desc, sample.id desc limit ${limit}
        ) one
        where ${within(scope)} order by one.created desc, one.id desc limit ${limit}
      ) page ${WITH_FACTS} order by page.created desc, page.id desc`.execute(db)
  return rows
}

const COLUMNS = sql.raw(
  [
    ...['id', 'project_id', 'client_id', 'status', 'status_note', 'status_id', 'status_at'],
    ...['created', 'modified', 'failed_qc', 'run_id', 'hidden'],
  ]
    .map((column) => `page.${column}`)
    // Of the quality record, the checks alone: the rest is large.
    .concat(`jsonb_build_object('checks', page.qc -> 'checks') as qc`)
    .join(', '),
)

const FACTS = sql`session.state as session_state, upload.vendor,
  coalesce(session.reason, session.last_rejection ->> 'reason') as reason`

const WITH_FACTS = sql`
  left join upload_session session on session.sample_id = page.id
  left join upload on upload.sample_id = page.id and upload.state = 'accepted'`

const within = (scope: Scope): RawBuilder<boolean> =>
  scope === null ? sql<boolean>`true` : sql<boolean>`project.id = any(${[...scope]}::uuid[])`

/** Samples of the project of the outer row that the filter lets through. */
function conditions(filter: OverviewFilter): RawBuilder<boolean> {
  const all = [sql<boolean>`sample.project_id = project.id`]
  const { status, reason, vendor, search } = filter
  if (filter.hidden_status !== 'all') all.push(sql`sample.hidden = ${filter.hidden_status === 'hidden'}`)
  if (status) all.push(sql`sample.status = any(${status})`)
  if (filter.created_after) all.push(sql`sample.created >= ${filter.created_after}`)
  if (filter.created_before) all.push(sql`sample.created <= ${filter.created_before}`)
  if (filter.modified_after) all.push(sql`sample.modified >= ${filter.modified_after}`)
  if (filter.modified_before) all.push(sql`sample.modified <= ${filter.modified_before}`)
  if (search !== '') all.push(contains(search))
  if (reason)
    all.push(sql`exists (select from upload_session session where session.sample_id = sample.id
      and (session.reason = ${reason} or session.last_rejection ->> 'reason' = ${reason}))`)
  if (vendor)
    all.push(sql`exists (select from upload where upload.sample_id = sample.id
      and upload.state = 'accepted' and upload.vendor = ${vendor})`)
  return sql.join(all, sql` and `)
}

/** The text occurs, in any case, in id, client id or metadata: the expressions that index `sample_search` is on. */
function contains(text: string): RawBuilder<boolean> {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`(sample.id::text ilike ${pattern} or sample.client_id ilike ${pattern}
    or sample.metadata::text ilike ${pattern})`
}
