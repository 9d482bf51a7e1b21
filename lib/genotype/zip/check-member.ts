import { INFLATE_RATIO_MAX, INFLATED_BYTES_MAX } from '../limits.ts'
import type { Fault } from '../verdict.ts'
import type { ByteSource } from './byte-source.ts'
import { crc32 } from './crc32.ts'
import type { InflateWhole } from './inflate-head.ts'
import type { ZipMember } from './zip.ts'

const STEP_BYTES = 262_144

/**
 * Whether a member's bytes are those that were packed: inflates all of it, keeps nothing, and stops at the ceilings.
 * Undefined when its size and checksum are as declared. Rejects when the source cannot be read or there is no inflater.
 */
export async function checkMember(
  source: ByteSource,
  member: ZipMember,
  inflateWhole: InflateWhole,
): Promise<Fault | undefined> {
  let produced = 0
  let checksum = 0
  const bytesMax = Math.min(INFLATED_BYTES_MAX, member.compressedSize * INFLATE_RATIO_MAX)
  const onText = (chunk: Uint8Array): boolean => {
    produced += chunk.length
    if (produced > bytesMax || produced > member.size) return false
    checksum = crc32(chunk, checksum)
    return true
  }
  const end = member.dataStart + member.compressedSize
  if (member.stored) {
    for (let at = member.dataStart; at < end; at += STEP_BYTES)
      onText(await source.read(at, Math.min(end, at + STEP_BYTES)))
  } else await inflateWhole(await source.read(member.dataStart, end), onText)
  if (produced > bytesMax) return { reason: 'zip_unsafe', detail: 'bomb' }
  if (produced !== member.size) return { reason: 'zip_damaged', detail: 'inflate_failed' }
  return checksum === member.crc32 ? undefined : { reason: 'zip_damaged', detail: 'checksum' }
}
