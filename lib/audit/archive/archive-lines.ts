import type { AuditLink } from '../audit-table.ts'
import { timeText } from '../audit-text.ts'
import type { ChainPlace } from '../follow-chain.ts'

export const ARCHIVE_FORMAT = 'arraydrop audit archive 1'

/** The first line of an archive: whose it is, and the place in the chain that its first entry follows. */
export interface ArchiveHead {
  format: typeof ARCHIVE_FORMAT
  installation: string
  /** Such as `2026-10`. */
  month: string
  after: ChainPlace
}

/** The last line: the place of the last entry. An archive without it was cut off. */
export interface ArchiveFoot {
  end: ChainPlace
}

/** What the entry that a month was archived says of it, in place of a request: the chain covers the note of the month too. */
export const textOfArchived = (of: { month: string; first: number; last: number; sha256: string }) =>
  `${of.month} ${of.first}-${of.last} ${of.sha256}`

/** An entry as a line of an archive, with the names that the API uses where it has any. */
export const lineOf = (link: AuditLink): string =>
  JSON.stringify({
    id: link.seq,
    created: `${timeText(link.at)}Z`,
    actor_kind: link.actorKind,
    actor_id: link.actorId,
    action: link.action,
    project: link.projectId,
    targets: link.targets,
    request_id: link.requestId,
    address: link.address,
    hash: link.hash.toString('hex'),
  })

/** The entry of such a line. What is wrong with it shows in the chain: its text is not the one that was hashed. */
export function linkOf(line: string): AuditLink {
  const entry = JSON.parse(line)
  return {
    seq: entry.id,
    at: microsecondsOf(String(entry.created)),
    actorKind: entry.actor_kind,
    actorId: entry.actor_id,
    action: entry.action,
    projectId: entry.project,
    targets: entry.targets,
    requestId: entry.request_id,
    address: entry.address,
    hash: Buffer.from(String(entry.hash), 'hex'),
  }
}

/** Of a time with six digits of the second. Throws for any other text. */
function microsecondsOf(text: string): bigint {
  const [, milliseconds, more] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})(\d{3})Z$/.exec(text)!
  return BigInt(Date.parse(`${milliseconds}Z`)) * 1_000n + BigInt(more!)
}
