import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { AuditLink } from '../audit-table.ts'
import { type ChainPlace, followChain, type Visit } from '../follow-chain.ts'
import { ARCHIVE_FORMAT, type ArchiveFoot, type ArchiveHead, linkOf } from './archive-lines.ts'

export interface FollowedArchive {
  /** The last place that follows from the one given. */
  end: ChainPlace
  /** SHA-256 of the file, 64 hex digits; empty where something is wrong with it. */
  sha256: string
  /** What is wrong with the file; null where every entry follows and it ends as it says. */
  fault: string | null
}

/** What an archive is to say of itself. */
type Expected = Omit<ArchiveHead, 'format'>

/** Read an archive from its first line to its last, and follow its chain from the place that it is to come after. */
export async function followArchive(
  file: string,
  expected: Expected,
  visit?: Visit,
): Promise<FollowedArchive> {
  let end = expected.after
  const noted: Visit = (place, link) => {
    end = place
    visit?.(place, link)
  }
  const digest = createHash('sha256')
  const tap = async function* (bytes: AsyncIterable<Buffer>) {
    for await (const chunk of bytes) {
      digest.update(chunk)
      yield chunk
    }
  }
  const packed = createReadStream(file)
  const text = createGunzip()
  const piped = pipeline(packed, tap, text)
  // Rejects also for what is left unread after a fault. A file that cannot be read makes reading its text fail as well.
  piped.catch(() => {})
  try {
    const fault = await faultOf(linesOf(text), expected, noted)
    if (fault !== null) return { end, sha256: '', fault }
    await piped
    return { end, sha256: digest.digest('hex'), fault }
  } catch (error) {
    return { end, sha256: '', fault: `it cannot be read: ${(error as Error).message}` }
  } finally {
    packed.destroy()
    text.destroy()
  }
}

async function faultOf(
  lines: AsyncGenerator<string>,
  { installation, month, after }: Expected,
  visit: Visit,
): Promise<string | null> {
  const first = await lines.next()
  const head = JSON.parse(first.value ?? 'null') as Partial<ArchiveHead> | null
  if (head?.format !== ARCHIVE_FORMAT) return `it is not of the format "${ARCHIVE_FORMAT}"`
  if (head.installation !== installation) return 'it belongs to another installation'
  if (head.month !== month) return `it is the archive of another month than ${month}`
  if (!isSame(head.after, after)) return 'it does not follow the entry before it'
  let foot: ArchiveFoot | undefined
  const links = async function* (): AsyncGenerator<AuditLink> {
    for await (const line of lines) {
      if (foot) throw new Error('something follows its end')
      if (line.startsWith('{"end":')) foot = JSON.parse(line) as ArchiveFoot
      else yield linkOf(line)
    }
  }
  const { end, broken } = await followChain(after, links(), visit)
  if (broken) return `entry ${end.seq + 1} is missing, was changed, or does not follow from the one before`
  return isSame(foot?.end, end) ? null : 'its end is missing'
}

const isSame = (one: ChainPlace | undefined, other: ChainPlace) =>
  one?.seq === other.seq && one.hash === other.hash

async function* linesOf(text: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of text) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  if (rest !== '') throw new Error('its last line is not whole')
}
