import type { Services } from '#lib/services.ts'
import { textOfArchived } from './archive/archive-lines.ts'
import { followArchive } from './archive/follow-archive.ts'
import { type Archived, selectArchived } from './archive/months-table.ts'
import {
  type AuditLink,
  auditLinks,
  countAuditEntries,
  isPlainTrail,
  pinNames,
  selectAuditEnds,
  selectUnchained,
} from './audit-table.ts'
import { type ChainPlace, followChain } from './follow-chain.ts'

export interface AuditVerdict {
  ok: boolean
  /** Entries that were checked. */
  entries: number
  /** Entries that are in archives; they were checked, too, where the archives were given. */
  archived: number
  /** Number of the first entry that was checked; those before it are proved with their archives only. */
  provedFrom: number
  /** Entries of the last seconds that are not chained yet: nothing shows whether they are as they were written. */
  waiting: number
  /** Number of the first entry that is missing, was changed, or does not follow from the one before. */
  brokenAt: number | null
  /** What is wrong with which archive; null when none was given, or none is wrong. */
  archiveFault: string | null
  /** Hash of the newest entry, 64 hex digits. A copy kept elsewhere shows later that nothing was cut off or rewritten. */
  head: string
  /** Number of the entry whose hash is the earlier head that was given; null when the trail no longer has it. */
  earlierHeadAt?: number | null
}

interface Given {
  /** A head that was printed or logged earlier. */
  head?: string | undefined
  /** Path of an archive that left the trail under this name. */
  archiveAt?: ((file: string) => string) | undefined
}

/**
 * Read the whole audit trail and recompute its chain, from plain columns and without the database's functions. Reports
 * where it is broken: an entry was changed, removed, inserted or moved, or was hashed by a function that is not ours.
 * What has left for archives counts as whole unless they are given: then they are read, too, from the first entry on.
 * An archive counts only where the trail itself says that it was made: without the files the last one must, with them all.
 * That the end was cut off, or everything after a change was rewritten, only an earlier head shows: with one, the trail
 * is whole only if that head is still part of it.
 */
export async function verifyAudit(
  { db }: Pick<Services, 'db'>,
  { head, archiveAt }: Given = {},
): Promise<AuditVerdict> {
  const wanted = head?.toLowerCase()
  let found: number | null = null
  const recorded = new Set<string | null>()
  const visit = ({ seq, hash }: ChainPlace, link?: AuditLink) => {
    if (hash === wanted) found = seq
    if (link?.action === 'audit.archive') recorded.add(link.requestId)
  }
  const { archives, ends, ...read } = await readTrail(db, visit)
  const given = archiveAt ? await readArchives(archives, { ...ends, archiveAt, visit }) : NOTHING
  for (const text of read.said) recorded.add(text)
  const required = archiveAt ? archives : archives.slice(-1)
  const unsaid = required.find((archive) => !recorded.has(textOfArchived(archive)))
  const verdict = {
    ok: read.ok && given.archiveFault === null && unsaid === undefined,
    entries: read.entries + given.entries,
    archived: read.archived,
    provedFrom: archiveAt ? 1 : read.archived + 1,
    waiting: read.waiting,
    brokenAt: given.brokenAt ?? read.brokenAt ?? unsaid?.first ?? null,
    archiveFault: given.archiveFault,
    head: read.head,
  }
  if (wanted === undefined) return verdict
  return { ...verdict, ok: verdict.ok && found !== null, earlierHeadAt: found }
}

const NOTHING = { entries: 0, brokenAt: null, archiveFault: null }

/** The archives from the first entry on, up to the first that is not as it left the trail. */
async function readArchives(
  archives: Archived[],
  {
    installation,
    first,
    archiveAt,
    visit,
  }: {
    installation: string
    first: ChainPlace
    archiveAt(file: string): string
    visit(at: ChainPlace, link?: AuditLink): void
  },
): Promise<Pick<AuditVerdict, 'entries' | 'brokenAt' | 'archiveFault'>> {
  let after = first
  visit(first)
  for (const { month, file, last, hash, sha256 } of archives) {
    const followed = await followArchive(archiveAt(file), { installation, month, after }, visit)
    const { end } = followed
    const isTheOne = end.seq === last && end.hash === hash && followed.sha256 === sha256
    const fault = followed.fault ?? (isTheOne ? null : 'it is not the file that left the trail')
    if (fault !== null) {
      const brokenAt = end.seq < last ? end.seq + 1 : after.seq + 1
      return { entries: end.seq, brokenAt, archiveFault: `${file}: ${fault}` }
    }
    after = end
  }
  return { entries: after.seq, brokenAt: null, archiveFault: null }
}

/** What the database has: the entries, and where those before them are. */
function readTrail(db: Services['db'], visit: (place: ChainPlace, link?: AuditLink) => void) {
  // One snapshot: what is added meanwhile must not look like an end that does not fit.
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await pinNames(tx)
      const ends = await selectAuditEnds(tx)
      const head = ends.hash.toString('hex')
      const { waiting, archived: said } = await selectUnchained(tx)
      const archives = await selectArchived(tx)
      const first = { seq: 0, hash: ends.first.toString('hex') }
      let start: ChainPlace = first
      for (const { first: from, last, hash } of archives) {
        if (from !== start.seq + 1) break
        start = { seq: last, hash }
      }
      // The next entry is hashed over this place. Of those noted before it nothing here shows whether they ever were.
      visit(start)
      const isJoined = start.seq === (archives.at(-1)?.last ?? 0)
      const { end, broken } = isJoined
        ? await followChain(start, auditLinks(tx, start.seq), visit)
        : { end: start, broken: true }
      const entries = end.seq - start.seq
      const ok =
        !broken &&
        (await countAuditEntries(tx)) === entries &&
        (await isPlainTrail(tx)) &&
        ends.seq === end.seq &&
        head === end.hash
      const brokenAt = ok ? null : end.seq + 1
      const { installation } = ends
      return {
        ok,
        entries,
        archived: start.seq,
        waiting,
        said,
        brokenAt,
        head,
        archives,
        ends: { installation, first },
      }
    })
}
