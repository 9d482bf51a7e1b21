import { sql } from 'kysely'
import type { Database, Tx } from '#lib/services.ts'
import type { ChainPlace } from '../follow-chain.ts'

/** Which entries an archive has: the numbers of the first and the last, and the hash of the last, 64 hex digits. */
export interface MonthEnds {
  first: number
  last: number
  hash: string
}

/** What left the trail: which entries, and the name and digest of the file that they are in. */
export interface Archived extends MonthEnds {
  /** Such as `2026-10`. */
  month: string
  file: string
  sha256: string
}

/** What left the trail, oldest first. */
export async function selectArchived(db: Database | Tx): Promise<Archived[]> {
  const { rows } = await sql<Archived>`
    select pg_catalog.to_char(month, 'YYYY-MM') as month, first, last, pg_catalog.encode(hash, 'hex') as hash, file, pg_catalog.encode(sha256, 'hex') as sha256
      from public.audit_archive order by first`.execute(db)
  return rows
}

/** The place that the oldest entry of the database follows, and whose trail it is. */
export async function selectAuditStart(db: Database | Tx): Promise<ChainPlace & { installation: string }> {
  const { rows } = await sql<{ installation: string; seq: number; hash: Buffer }>`
    select organization.id as installation, coalesce(last, 0) as seq,
           coalesce(hash, sha256(convert_to('arraydrop audit ' || organization.id, 'UTF8'))) as hash
      from organization left join (select last, hash from audit_archive order by last desc limit 1) newest on true`.execute(
    db,
  )
  const { installation, seq, hash } = rows[0]!
  return { installation, seq, hash: hash.toString('hex') }
}

/** Any number will do that no other advisory lock of ours has. */
const ARCHIVING = 48_618

/** Act while no other process does. Rejects when one does. */
export function withArchiving<T>(db: Database, act: () => Promise<T>): Promise<T> {
  return db.connection().execute(async (held) => {
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${ARCHIVING}) as got`.execute(
      held,
    )
    if (!rows[0]!.got) throw new Error('The trail is being archived by another process.')
    try {
      return await act()
    } finally {
      // A lock that cannot be given back has ended with its connection.
      await sql`select pg_advisory_unlock(${ARCHIVING})`.execute(held).catch(() => {})
    }
  })
}

/** Begin the month that it is now, and return it, such as `2026-10`. No entry is chained into one before it any more. */
export async function turnMonth(db: Database): Promise<string> {
  return db.transaction().execute(async (tx) => {
    await sql`select audit_open_months()`.execute(tx)
    const { rows } = await sql<{ month: string }>`
      select to_char(audit_turn_month(), 'YYYY-MM') as month`.execute(tx)
    return rows[0]!.month
  })
}

/** The months that the trail has partitions for, oldest first. */
export async function selectMonths(db: Database): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    select replace(substr(relname, length('audit_entry_') + 1), '_', '-') as month
      from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = 'public.audit_entry'::regclass order by relname`.execute(db)
  return rows.map(({ month }) => month)
}

const partitionOf = (month: string) => sql.table(`public.audit_entry_${month.replace('-', '_')}`)

/** What a month has; null where it has no entry. */
export async function selectMonthEnds(db: Database | Tx, month: string): Promise<MonthEnds | null> {
  const { rows } = await sql<MonthEnds>`
    select (select seq from ${partitionOf(month)} order by seq limit 1) as first, seq as last,
           encode(hash, 'hex') as hash
      from ${partitionOf(month)} order by seq desc limit 1`.execute(db)
  return rows[0] ?? null
}

/**
 * Take a month out of the database, and note where its entries are; null for one without entries. Rejects when the month
 * has others than the archive by then, and when the table is not free within two seconds.
 */
export async function dropMonth(tx: Tx, month: string, archive: Archived | null): Promise<void> {
  await sql`set local lock_timeout = '2s'`.execute(tx)
  await sql`lock table ${partitionOf(month)} in share mode`.execute(tx)
  const ends = await selectMonthEnds(tx, month)
  if (ends?.first !== archive?.first || ends?.last !== archive?.last || ends?.hash !== archive?.hash) {
    throw new Error(`Month ${month} has changed meanwhile, and stays.`)
  }
  if (archive) {
    await sql`insert into audit_archive (month, first, last, hash, file, sha256)
      values (${`${month}-01`}::date, ${archive.first}, ${archive.last}, decode(${archive.hash}, 'hex'),
        ${archive.file}, decode(${archive.sha256}, 'hex'))`.execute(tx)
  }
  await sql`drop table ${partitionOf(month)}`.execute(tx)
}
