import { sniffText } from './sniff-text.ts'
import type { Fault } from './verdict.ts'
import { u16, u32 } from './zip/little-endian.ts'
import type { MemberHead } from './zip/read-member-head.ts'
import { LOCAL_HEADER } from './zip/zip-end.ts'
import { LOCAL_BYTES } from './zip/zip-layout.ts'

/** Judge what a member holds by the head of it: an archive in the archive, or text. Pure, never throws. */
export function sniffMember({ text, whole }: MemberHead): ReturnType<typeof sniffText> {
  if (text.length >= LOCAL_BYTES && u32(text, 0) === LOCAL_HEADER)
    return { ok: false, faults: [judgeInnerZip(text)] }
  return sniffText(text, { whole })
}

/** The first name inside tells an export zipped twice from an office document and from a matryoshka. */
function judgeInnerZip(text: Uint8Array): Fault {
  const nameBytes = text.subarray(LOCAL_BYTES, LOCAL_BYTES + u16(text, 26))
  const name = Array.from(nameBytes, (byte) => String.fromCharCode(byte)).join('')
  if (/^(\[Content_Types\]\.xml|mimetype|_rels\/|docProps\/|word\/|xl\/|Index\/)/.test(name))
    return { reason: 'no_genotypes', detail: 'office_document' }
  if (/\.(zip|7z|rar|gz|bz2|xz)$/i.test(name)) return { reason: 'zip_unsafe', detail: 'nested_archive' }
  return { reason: 'archive_modified', detail: 'zipped_twice' }
}
