import { type Selectable, sql } from 'kysely'
import { countAndPage } from '#lib/platform/db/count-and-page.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { COUNT_MAX, type ListPage } from '#lib/wire/list-page.ts'
import type { AuditAction, AuditEntry } from './audit.ts'

export type NewAuditEntry = Omit<AuditEntry, 'seq' | 'at' | 'hash' | 'actorName' | 'targetNames'>

type NamedRow = Selectable<Schema['audit_entry']> & {
  actor_name: string | null
  target_names: (string | null)[]
}

const fromRow = (row: NamedRow): AuditEntry => ({
  seq: row.seq,
  at: row.at,
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  actorName: row.actor_name,
  action: row.action as AuditAction,
  projectId: row.project_id,
  targets: row.targets,
  targetNames: row.target_names,
  requestId: row.request_id,
  address: row.address,
  hash: row.hash.toString('hex'),
})

/** Add an entry; the database dates it. It is in the trail once it has been chained. */
export async function insertAuditEntry(db: Database | Tx, entry: NewAuditEntry): Promise<void> {
  await db
    .insertInto('audit_waiting')
    .values({
      actor_kind: entry.actorKind,
      actor_id: entry.actorId,
      action: entry.action,
      project_id: entry.projectId,
      targets: entry.targets,
      request_id: entry.requestId,
      address: entry.address,
    })
    .execute()
}

/** What counts as the same again. `anyAddress`: from wherever it came, so that many addresses cannot flood the trail. */
export interface OnceWithin {
  seconds: number
  anyAddress?: boolean
}

/** Chain at most so many of the entries that wait, the oldest first. Returns how many; 0 once none waits. */
export async function chainWaiting(db: Database, most: number): Promise<number> {
  const { rows } = await sql<{ chained: number }>`select audit_chain_waiting(${most}) as chained`.execute(db)
  return rows[0]!.chained
}

/** Whether the same actor did the same to the same things within these seconds. */
export async function hasAuditEntry(
  db: Database | Tx,
  { actorKind, actorId, action, targets, address }: NewAuditEntry,
  { seconds, anyAddress = false }: OnceWithin,
): Promise<boolean> {
  const actor = actorId === null ? sql`actor_id is null` : sql`actor_id = ${actorId}`
  const found = (table: 'audit_entry' | 'audit_waiting') => sql`
    select 1 from ${sql.table(table)}
     where targets @> ${targets}::uuid[] and action = ${action} and actor_kind = ${actorKind} and ${actor}
       and (${anyAddress} or address is not distinct from ${address})
       and at > (select app_now()) - make_interval(secs => ${seconds})`
  const from = new Date(Date.now() - seconds * 1_000)
  // One statement: between two, the entry might be chained, and seen by neither.
  const { rows } = await sql`
    ${found('audit_waiting')} union all ${found('audit_entry')} and ${chainedFrom(from)} limit 1`.execute(db)
  return rows.length > 0
}

/**
 * Every entry from this time on is in one of these months: those before are not even looked into. A day is left for clocks
 * that differ.
 */
const chainedFrom = (time: Date) => sql<boolean>`
  month >= date_trunc('month', ${time}::timestamptz at time zone 'UTC' - interval '1 day')::date`

/**
 * Every entry before this time is in one of these months: in none after it is there any, as the earliest time of each
 * shows.
 */
const chainedUntil = (time: Date) => sql<boolean>`month <= (
  select later::date from generate_series((select month from audit_head),
      greatest(date_trunc('month', ${time}::timestamptz at time zone 'UTC'),
        (select month from audit_entry order by seq limit 1)), interval '-1 month') later
   where (select at from audit_entry where month = later::date order by at limit 1) < ${time}
   union all
  select date_trunc('month', ${time}::timestamptz at time zone 'UTC')::date
   limit 1)`

/** Whoever records the same fact waits until this transaction ends. */
export async function holdAuditFact(
  db: Database | Tx,
  { actorKind, actorId, action, targets }: NewAuditEntry,
): Promise<void> {
  const fact = [actorKind, actorId, action, ...targets].join(' ')
  await sql`select pg_advisory_xact_lock(hashtextextended(${fact}, 23))`.execute(db)
}

/** The current name of the person or key that acted, or that a URL was made for. */
const ACTOR_NAME = sql<string | null>`coalesce(
  (select coalesce(nullif(name, ''), email) from app_user where id = actor_id),
  (select name from api_key where id = actor_id))`

/** The same of the first three things that it was done to. */
const TARGET_NAMES = sql<(string | null)[]>`array(
  select coalesce(
      (select client_id from sample where sample.id = target.id),
      (select name from project where project.id = target.id),
      (select coalesce(nullif(name, ''), email) from app_user where app_user.id = target.id),
      (select name from api_key where api_key.id = target.id),
      (select nullif(name, '') from subscription where subscription.id = target.id))
    from unnest(targets[1:3]) with ordinality as target (id, place)
   order by place)`

/** One page of a project's entries, or with null of all, newest first, and one row more; counted to COUNT_MAX + 1. */
export async function selectAuditEntries(
  db: Database,
  projectId: string | null,
  filter: {
    action?: AuditAction | undefined
    target?: string | undefined
    actor?: string | undefined
    since?: Date | undefined
    until?: Date | undefined
  },
  { limit, offset, after }: ListPage,
): Promise<{ count: number; rows: AuditEntry[] }> {
  let found = db.selectFrom('audit_entry')
  if (projectId !== null) found = found.where('project_id', '=', projectId)
  if (filter.action) found = found.where('action', '=', filter.action)
  if (filter.target) found = found.where(sql<boolean>`targets @> array[${filter.target}]::uuid[]`)
  if (filter.actor) found = found.where('actor_id', '=', filter.actor)
  if (filter.since) found = found.where('at', '>=', filter.since).where(chainedFrom(filter.since))
  if (filter.until) found = found.where('at', '<', filter.until).where(chainedUntil(filter.until))
  const some = found.select(sql<number>`1`.as('one')).limit(COUNT_MAX + 1)
  const beyond = after ? found.where('seq', '<', Number(after.value)) : found.offset(offset)
  const { count, rows } = await countAndPage(
    db,
    some.as('some'),
    beyond
      .selectAll()
      .select(ACTOR_NAME.as('actor_name'))
      .select(TARGET_NAMES.as('target_names'))
      .orderBy('seq', 'desc')
      .limit(limit + 1),
  )
  return { count, rows: rows.map(fromRow) }
}

/** What is verified of an entry: all that was hashed, and the hash. */
export interface AuditLink {
  seq: number
  /** Microseconds since 1970. */
  at: bigint
  actorKind: string
  actorId: string | null
  action: string
  projectId: string | null
  targets: string[]
  requestId: string | null
  address: string | null
  hash: Buffer
}

/** Stands for `infinity`, which no entry of ours has: a time that no date can show. */
const NEVER = 2n ** 63n

/** Entries that are read by one statement. */
const BATCH = 1_000

/** The entries after this number, all or those of one month such as `2026-10`, by their numbers. */
export async function* auditLinks(
  db: Database | Tx,
  after: number,
  month?: string,
): AsyncGenerator<AuditLink> {
  let batch: AuditLink[]
  let last = after
  do {
    batch = await selectAuditLinks(db, last, month)
    yield* batch
    last = batch.at(-1)?.seq ?? last
  } while (batch.length === BATCH)
}

/** Plain columns and built-in functions by their full names: nothing that the database's own role could replace. */
async function selectAuditLinks(
  db: Database | Tx,
  after: number,
  month: string | undefined,
): Promise<AuditLink[]> {
  const within = month === undefined ? sql`` : sql`and month = ${`${month}-01`}::date`
  const { rows } = await sql<Omit<AuditLink, 'at'> & { at: string }>`
    select seq, coalesce((pg_catalog.date_part('epoch', pg_catalog.date_trunc('second', at))::numeric * 1000000
        + (pg_catalog.date_part('microseconds', at)::integer % 1000000))::text, ${String(NEVER)}) as at,
      actor_kind as "actorKind", actor_id as "actorId", action, project_id as "projectId", targets,
      request_id as "requestId", address, hash
    from public.audit_entry where seq > ${after} ${within} order by seq limit ${BATCH}`.execute(db)
  return rows.map((row) => ({ ...row, at: BigInt(row.at) }))
}

/** In this transaction names mean ours: the service's role may give itself a search path with other tables of these names. */
export async function pinNames(tx: Tx): Promise<void> {
  await sql`set local search_path = pg_catalog, public, pg_temp`.execute(tx)
}

/** Whether the trail is plain tables: a view, a rule or a row policy could show others what this verification does not see. */
export async function isPlainTrail(db: Database | Tx): Promise<boolean> {
  const { rows } = await sql<{ plain: boolean }>`
    select pg_catalog.bool_and(not relrowsecurity and not relhasrules
        and relkind = case when inhparent is null then 'p' else 'r' end) as plain
      from pg_catalog.pg_class
      left join pg_catalog.pg_inherits on inhrelid = pg_class.oid
     where 'public.audit_entry'::pg_catalog.regclass in (pg_class.oid, inhparent)`.execute(db)
  return rows[0]!.plain
}

/** How many entries there are, also such as no walk from the first number on comes to. */
export async function countAuditEntries(db: Database | Tx): Promise<number> {
  const { rows } = await sql<{ count: string }>`select pg_catalog.count(*) from audit_entry`.execute(db)
  return Number(rows[0]!.count)
}

/** How many entries are not chained yet, and what those among them say that are about archives. */
export async function selectUnchained(db: Database | Tx): Promise<{ waiting: number; archived: string[] }> {
  const { rows } = await sql<{ waiting: number; archived: string[] }>`
    select pg_catalog.count(*)::int as waiting,
           coalesce(pg_catalog.array_agg(request_id) filter (where action = 'audit.archive'), '{}') as archived
      from audit_waiting`.execute(db)
  return rows[0]!
}

/** Where the chain begins and where it ends. */
export async function selectAuditEnds(
  db: Database | Tx,
): Promise<{ installation: string; first: Buffer; seq: number; hash: Buffer }> {
  const { rows } = await sql<{ installation: string; first: Buffer; seq: number; hash: Buffer }>`
    select organization.id as installation, sha256(convert_to('arraydrop audit ' || organization.id, 'UTF8')) as first, seq, hash
      from audit_head, organization`.execute(db)
  return rows[0]!
}

/** True for the one that may note the head now: once in this many seconds, counted when its transaction is committed. */
export async function takeHeadNote(db: Tx, seconds: number): Promise<boolean> {
  const { rows } = await sql`
    update audit_note set next_at = app_now() + make_interval(secs => ${seconds})
     where next_at <= app_now() returning 1`.execute(db)
  return rows.length > 0
}
