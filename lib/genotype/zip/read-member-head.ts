import {
  INFLATE_RATIO_MAX,
  SNIFF_COMPRESSED_BYTES_FIRST,
  SNIFF_COMPRESSED_BYTES_MAX,
  SNIFF_COMPRESSED_BYTES_STEP,
  SNIFF_TEXT_BYTES_MAX,
} from '../limits.ts'
import type { Fault } from '../verdict.ts'
import type { ByteSource } from './byte-source.ts'
import { INFLATE_LAG_BYTES, type InflateHead } from './inflate-head.ts'
import type { ZipMember } from './zip.ts'

/** The beginning of a member's text; `whole` when there is no more of it. */
export interface MemberHead {
  text: Uint8Array
  whole: boolean
}

/**
 * Inflate enough of a member to name its vendor: `SNIFF_TEXT_BYTES_MAX` of text, or what `SNIFF_COMPRESSED_BYTES_MAX`
 * of packed bytes give. Each step adds a few packed bytes and starts over, so that never more than one step is
 * inflated of bytes whose ratio is not known yet.
 */
export async function readMemberHead(
  source: ByteSource,
  member: ZipMember,
  inflateHead: InflateHead,
): Promise<MemberHead | Fault> {
  if (member.stored) return readStoredHead(source, member)
  const packedMax = Math.min(member.compressedSize, SNIFF_COMPRESSED_BYTES_MAX)
  for (let step = SNIFF_COMPRESSED_BYTES_FIRST; ; step += SNIFF_COMPRESSED_BYTES_STEP) {
    const packedBytes = Math.min(step, packedMax)
    const packed = await source.read(member.dataStart, member.dataStart + packedBytes)
    const { text, produced } = await inflateHead({ packed, bytesMax: SNIFF_TEXT_BYTES_MAX })
    const whole = packedBytes === member.compressedSize
    const fault = judgeProduced(produced, packedBytes, whole, member)
    if (fault) return fault
    if (text.length >= SNIFF_TEXT_BYTES_MAX || packedBytes === packedMax)
      return { text, whole: text.length === member.size }
  }
}

async function readStoredHead(source: ByteSource, member: ZipMember): Promise<MemberHead> {
  const bytes = Math.min(member.size, SNIFF_TEXT_BYTES_MAX)
  const text = await source.read(member.dataStart, member.dataStart + bytes)
  return { text, whole: bytes === member.size }
}

function judgeProduced(
  produced: number,
  packedBytes: number,
  whole: boolean,
  member: ZipMember,
): Fault | undefined {
  if (produced > packedBytes * INFLATE_RATIO_MAX) return { reason: 'zip_unsafe', detail: 'bomb' }
  if (produced > member.size) return { reason: 'zip_damaged', detail: 'headers_disagree' }
  // Deflate never makes bytes noticeably longer, so less text than packed bytes means that it stopped at an error.
  const expected = whole ? Math.min(member.size, SNIFF_TEXT_BYTES_MAX) : packedBytes - INFLATE_LAG_BYTES
  return produced < expected ? { reason: 'zip_damaged', detail: 'inflate_failed' } : undefined
}
