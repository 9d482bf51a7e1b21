import type { Services } from '#lib/services.ts'
import {
  type AuditLink,
  countAuditEntries,
  countWaiting,
  isPlainTrail,
  pinNames,
  selectAuditEnds,
  selectAuditLinks,
} from './audit-table.ts'
import { auditText } from './audit-text.ts'

const BATCH = 1_000

export interface AuditVerdict {
  ok: boolean
  /** Entries that were checked. */
  entries: number
  /** Entries of the last seconds that are not chained yet: nothing shows whether they are as they were written. */
  waiting: number
  /** Number of the first entry that is missing, was changed, or does not follow from the one before. */
  brokenAt: number | null
  /** Hash of the newest entry, 64 hex digits. A copy kept elsewhere shows later that nothing was cut off or rewritten. */
  head: string
  /** Number of the entry whose hash is the earlier head that was given; null when the trail no longer has it. */
  earlierHeadAt?: number | null
}

/**
 * Read the whole audit trail and recompute its chain, from plain columns and without the database's functions. Reports
 * where it is broken: an entry was changed, removed, inserted or moved, or was hashed by a function that is not ours.
 * That the end was cut off, or everything after a change was rewritten, only an earlier head shows: with one, the trail
 * is whole only if that head is still part of it.
 */
export async function verifyAudit({ db }: Pick<Services, 'db'>, earlierHead?: string): Promise<AuditVerdict> {
  const wanted = earlierHead?.toLowerCase()
  let found: number | null = null
  const verdict = await readChain(db, (seq, hash) => {
    if (hash === wanted) found = seq
  })
  if (wanted === undefined) return verdict
  return { ...verdict, ok: verdict.ok && found !== null, earlierHeadAt: found }
}

function readChain(db: Services['db'], visit: (seq: number, hash: string) => void): Promise<AuditVerdict> {
  // One snapshot: what is added meanwhile must not look like an end that does not fit.
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await pinNames(tx)
      const ends = await selectAuditEnds(tx)
      const head = ends.hash.toString('hex')
      const waiting = await countWaiting(tx)
      let before = { seq: 0, hash: ends.first.toString('hex') }
      visit(before.seq, before.hash)
      let batch: AuditLink[]
      do {
        batch = await selectAuditLinks(tx, before.seq, BATCH)
        for (const link of batch) {
          const hash = link.hash.toString('hex')
          if (link.seq !== before.seq + 1 || hash !== (await follow(before.hash, auditText(link)))) {
            return { ok: false, entries: before.seq, waiting, brokenAt: before.seq + 1, head }
          }
          before = { seq: link.seq, hash }
          visit(link.seq, hash)
        }
      } while (batch.length === BATCH)
      const isCounted = (await countAuditEntries(tx)) === before.seq && (await isPlainTrail(tx))
      const whole = isCounted && ends.seq === before.seq && head === before.hash
      return { ok: whole, entries: before.seq, waiting, brokenAt: whole ? null : before.seq + 1, head }
    })
}

/** SHA-256 over the hash before and the text of an entry. */
async function follow(before: string, text: string): Promise<string> {
  const bytes = Buffer.concat([Buffer.from(before, 'hex'), Buffer.from(text, 'utf8')])
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
}
