import { sha256Of } from '#lib/sealing/digest.ts'
import type { AuditLink } from './audit-table.ts'
import { auditText } from './audit-text.ts'

/** Number and hash (64 hex digits) of an entry; number 0 and the first hash stand before the first. */
export interface ChainPlace {
  seq: number
  hash: string
}

/** Called with every place that follows from those before, and the entry there. */
export type Visit = (place: ChainPlace, link: AuditLink) => void

/**
 * Follow a chain from one place on, each hash computed anew. Returns the last place that follows from those before, and
 * whether an entry came after it that does not.
 */
export async function followChain(
  from: ChainPlace,
  links: AsyncIterable<AuditLink>,
  visit: Visit = () => {},
): Promise<{ end: ChainPlace; broken: boolean }> {
  let end = from
  for await (const link of links) {
    const hash = link.hash.toString('hex')
    if (link.seq !== end.seq + 1 || hash !== follow(end.hash, auditText(link))) {
      return { end, broken: true }
    }
    end = { seq: link.seq, hash }
    visit(end, link)
  }
  return { end, broken: false }
}

/** SHA-256 over the hash before and the text of an entry. */
const follow = (before: string, text: string): string =>
  sha256Of(Buffer.concat([Buffer.from(before, 'hex'), Buffer.from(text, 'utf8')])).toString('hex')
