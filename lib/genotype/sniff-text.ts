import { readFirstLines } from './first-lines.ts'
import { VENDOR_FORMATS } from './formats/vendor-formats.ts'
import { judgeHead } from './judge-head.ts'
import { SNIFF_TEXT_BYTES_MAX } from './limits.ts'
import { recogniseLookAlike } from './look-alikes.ts'
import type { Detail } from './reason.ts'
import { recogniseFileType } from './recognise-content.ts'
import { rawTextOf } from './vendors.ts'
import type { Sniffed, Verdict } from './verdict.ts'

export { recogniseContent } from './recognise-content.ts'

/**
 * Name the vendor of an export by its first inflated bytes (64 KiB are looked at), or say everything that speaks
 * against it. `whole` says that the text ends with the head. Never throws, whatever the bytes.
 */
export function sniffText(
  head: Uint8Array,
  { whole }: { whole: boolean },
): Verdict<Pick<Sniffed, 'vendor' | 'statedBuild'>> {
  const bounded = head.subarray(0, SNIFF_TEXT_BYTES_MAX)
  const { faults, export: found } = judgeHead(bounded, whole && bounded.length === head.length)
  const [first, ...more] = faults
  if (first) return { ok: false, faults: [first, ...more] }
  if (!found) return { ok: false, faults: [{ reason: 'no_genotypes', detail: 'nothing_alike' }] }
  return { ok: true, accepted: { vendor: found.layout.format.vendor, statedBuild: found.statedBuild } }
}

/** What a file is that is no zip archive, so that the words can say how to get the archive. */
export function sniffBareText(head: Uint8Array): Detail {
  const bounded = head.subarray(0, SNIFF_TEXT_BYTES_MAX)
  const fileType = recogniseFileType(bounded)
  if (fileType) return fileType
  const text = readFirstLines(bounded, true)
  const lookAlike = recogniseLookAlike(text)
  if (lookAlike) return lookAlike.detail
  const format = VENDOR_FORMATS.find(({ name }) => text.comments.some((line) => name.test(line)))
  if (format) return rawTextOf(format.vendor)
  return isReadable(text.lines) ? 'raw_text' : 'unknown_content'
}

/** Text for people: no control characters but tabs and line ends in its first lines. */
function isReadable(lines: readonly string[]): boolean {
  const start = lines.slice(0, 20).join('\n').slice(0, 2_000)
  return start.trim() !== '' && !/[\x00-\x08\x0b\x0c\x0e-\x1f]/.test(start)
}
