import { SNIFF_COMPRESSED_BYTES_FIRST, SNIFF_TEXT_BYTES_MAX } from './limits.ts'
import type { Detail } from './reason.ts'
import { recogniseContent } from './recognise-content.ts'
import type { InflateHead } from './zip/inflate-head.ts'
import { u16 } from './zip/little-endian.ts'

const HEADER_BYTES = 10
const HAS_CHECKSUM = 1 << 1
const HAS_EXTRA = 1 << 2
const HAS_NAME = 1 << 3
const HAS_COMMENT = 1 << 4

/** FamilyTreeDNA delivers gzip, so the head of a gzip file is opened as far as that takes: one step of packed bytes. */
export async function sniffGzip(head: Uint8Array, inflateHead: InflateHead): Promise<Detail> {
  const start = dataStart(head)
  if (start === undefined) return 'gzip'
  const packed = head.subarray(start, start + SNIFF_COMPRESSED_BYTES_FIRST)
  const { text } = await inflateHead({ packed, bytesMax: SNIFF_TEXT_BYTES_MAX })
  return recogniseContent(text) === 'familytreedna' ? 'gzip_familytreedna' : 'gzip'
}

/** Where the deflated bytes begin (RFC 1952, section 2.3); undefined when the header does not end within the head. */
function dataStart(head: Uint8Array): number | undefined {
  if (head.length < HEADER_BYTES) return undefined
  const flags = head[3]!
  let at = HEADER_BYTES
  if (flags & HAS_EXTRA) at += 2 + (at + 2 <= head.length ? u16(head, at) : head.length)
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if (!(flags & flag)) continue
    const zero = head.indexOf(0, at)
    if (zero === -1) return undefined
    at = zero + 1
  }
  if (flags & HAS_CHECKSUM) at += 2
  return at < head.length ? at : undefined
}
