import { type RawBuilder, sql } from 'kysely'
import type { Reason } from '#lib/genotype/reason.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { SampleRow } from '#lib/samples/samples-table.ts'
import type { Database } from '#lib/services.ts'
import { pastShown } from '#lib/wire/fields.ts'
import type { ListPlace } from '#lib/wire/query-place.ts'
import { containing, insideJson } from '#lib/wire/search-text.ts'
import type { OverviewConditions, OverviewFilter } from './overview-filter.ts'

/** Characters of metadata that a list shows. */
const EXCERPT_CHARACTERS = 200

/** A sample as the lists of several projects show it. */
export interface Overview extends Omit<SampleRow, 'metadata' | 'qc_packed'> {
  metadata_excerpt: string | null
  session_state: string | null
  reason: Reason | null
  vendor: Vendor | null
}

/** Projects that samples are looked for in; null: all. */
export type Scope = readonly string[] | null

/**
 * One page of the samples of these projects, behind a place or an offset, and how many there are in all, counted no
 * further than `countMax`.
 */
export async function selectOverviews(
  db: Database,
  scope: Scope,
  filter: OverviewFilter,
  page: { limit: number; offset: number; after: ListPlace | undefined; countMax: number },
): Promise<{ count: number; rows: ListedOverview[] }> {
  const { limit, offset, after, countMax } = page
  const { sort_by } = filter
  const direction = sql.raw(filter.sort_order)
  const order = (of: string) =>
    sql`${sql.ref(`${of}.${sort_by}`)} ${direction}, ${sql.ref(`${of}.id`)} ${direction}`
  const beyond = after
    ? sql<boolean>`(${sql.ref(`sample.${sort_by}`)}, sample.id) ${sql.raw(filter.sort_order === 'asc' ? '>' : '<')}
        (${sort_by === 'client_id' ? sql`${after.value}` : sql`timestamptz 'epoch' + ${after.value}::bigint * interval '1 microsecond'`},
         ${after.id}::uuid)`
    : sql<boolean>`true`
  const counting = sql<{ count: number }>`
    select count(*)::int as count from (
      ${found(scope, filter, { columns: sql`1`, beyond: sql<boolean>`true`, order, limit: countMax, offset: 0 })}
    ) found`.execute(db)
  const listing = sql<ListedOverview>`
    select ${COLUMNS}, left(page.metadata::text, ${EXCERPT_CHARACTERS}) as metadata_excerpt, ${FACTS},
           ${sort_by === 'client_id' ? sql`page.client_id` : sql`(extract(epoch from ${sql.ref(`page.${sort_by}`)}) * 1000000)::bigint::text`} as place
      from (${found(scope, filter, { columns: sql`*`, beyond, order, limit, offset })}) page ${WITH_FACTS}
     order by ${order('page')}`.execute(db)
  const [counted, { rows }] = await Promise.all([counting, listing])
  return { count: counted.rows[0]!.count, rows }
}

/** A row of the list, with its value in the column that the list is sorted by: of a time, microseconds since 1970. */
export interface ListedOverview extends Overview {
  place: string
}

interface Wanted {
  columns: RawBuilder<unknown>
  beyond: RawBuilder<boolean>
  order: (of: string) => RawBuilder<unknown>
  limit: number
  offset: number
}

/**
 * The samples that the filter finds, in order. Those of all projects by indexes over all of them; where there is none
 * for this order or filter, or in chosen projects, each project is asked by its own indexes and the answers are merged:
 * rows that nobody sees are not read.
 */
function found(
  scope: Scope,
  filter: OverviewFilter,
  { columns, beyond, order, limit, offset }: Wanted,
): RawBuilder<unknown> {
  if (scope === null && filter.sort_by !== 'client_id' && !filter.status) {
    return sql`select ${columns} from sample where ${conditions(filter)} and ${beyond}
      order by ${order('sample')} limit ${limit} offset ${offset}`
  }
  return sql`select ${columns} from (
      select one.* from project cross join lateral (
        -- In order, so that a project of few samples is not looked for among all the others.
        select * from sample where sample.project_id = project.id and ${conditions(filter)} and ${beyond}
         order by ${order('sample')} limit ${limit + offset}
      ) one
      where ${within(scope)} order by ${order('one')} limit ${limit} offset ${offset}
    ) merged`
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
  filter: OverviewConditions,
  { after, limit }: { after: Cursor | null; limit: number },
): Promise<ExportedSample[]> {
  const beyond = after
    ? sql<boolean>`(sample.created, sample.id) < (${after.created}::timestamptz, ${after.id}::uuid)`
    : sql<boolean>`true`
  const order = (of: string) => sql`${sql.ref(`${of}.created`)} desc, ${sql.ref(`${of}.id`)} desc`
  const newestFirst = { ...filter, sort_by: 'created', sort_order: 'desc' } as const
  const { rows } = await sql<ExportedSample>`
    select ${COLUMNS}, page.metadata::text as metadata, ${FACTS},
           page.qc #>> '{summary,inferredSex}' as inferred_sex, page.created::text as cursor
      from (${found(scope, newestFirst, { columns: sql`*`, beyond, order, limit, offset: 0 })}) page ${WITH_FACTS}
     order by page.created desc, page.id desc`.execute(db)
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

/** Samples that the filter lets through. */
function conditions(filter: OverviewConditions): RawBuilder<boolean> {
  const all = [sql<boolean>`true`]
  const { status, reason, vendor, search } = filter
  if (filter.hidden_status !== 'all') all.push(sql`sample.hidden = ${filter.hidden_status === 'hidden'}`)
  if (status) all.push(sql`sample.status = any(${status})`)
  if (filter.created_after) all.push(sql`sample.created >= ${filter.created_after}`)
  if (filter.created_before) all.push(sql`sample.created < ${pastShown(filter.created_before)}`)
  if (filter.modified_after) all.push(sql`sample.modified >= ${filter.modified_after}`)
  if (filter.modified_before) all.push(sql`sample.modified < ${pastShown(filter.modified_before)}`)
  if (search !== '') all.push(contains(search))
  if (reason)
    // Two questions, because each has an index of its own with its own statistics.
    all.push(sql`sample.id in (
      select sample_id from upload_session where upload_session.reason = ${reason}
      union all
      select sample_id from upload_session where last_rejection ->> 'reason' = ${reason})`)
  if (vendor)
    all.push(sql`exists (select from upload where upload.sample_id = sample.id
      and upload.state = 'accepted' and upload.vendor = ${vendor})`)
  return sql.join(all, sql` and `)
}

/**
 * The text occurs, in any case, in id, client id, or a key or value of metadata. The text of its JSON, which index
 * `sample_search` is on, contains all of them, escaped, and its punctuation besides.
 */
function contains(text: string): RawBuilder<boolean> {
  const pattern = containing(text)
  return sql`(sample.id::text ilike ${pattern} or sample.client_id ilike ${pattern}
    or (sample.metadata::text ilike ${containing(insideJson(text))} and exists (
      select from jsonb_path_query(sample.metadata, 'strict $.**') as part
      where case jsonb_typeof(part)
        when 'object' then exists (select from jsonb_object_keys(part) as key where key ilike ${pattern})
        when 'array' then false
        else (part #>> '{}') ilike ${pattern} end)))`
}
