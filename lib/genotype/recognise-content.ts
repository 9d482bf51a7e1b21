import { readFirstLines } from './first-lines.ts'
import { recogniseLookAlike } from './look-alikes.ts'
import type { Detail, FileReason } from './reason.ts'
import type { Fault } from './verdict.ts'

interface Magic {
  detail: Detail
  /** Bytes in hexadecimal; a dot pair matches any byte. */
  bytes: string
  at?: number
}

const MAGICS: readonly Magic[] = [
  { detail: 'gzip', bytes: '1f8b' },
  { detail: 'seven_zip', bytes: '377abcaf271c' },
  { detail: 'rar', bytes: '526172211a07' },
  { detail: 'xz', bytes: 'fd377a585a00' },
  { detail: 'bzip2', bytes: '425a68..314159265359' },
  { detail: 'tar', bytes: '7573746172', at: 257 },
  { detail: 'pdf', bytes: '255044462d' },
  { detail: 'image', bytes: '89504e470d0a1a0a' },
  { detail: 'image', bytes: 'ffd8ff' },
  { detail: 'image', bytes: '47494638' },
  { detail: 'image', bytes: '52494646........57454250' },
  { detail: 'image', bytes: '6674797068656963', at: 4 },
  { detail: 'image', bytes: '49492a00' },
  { detail: 'image', bytes: '4d4d002a' },
  { detail: 'office_document', bytes: 'd0cf11e0a1b11ae1' },
  { detail: 'office_document', bytes: '7b5c727466' },
]

const MARKUP: readonly { detail: Detail; pattern: RegExp }[] = [
  { detail: 'promethease', pattern: /^<[\s\S]{0,4000}promethease/i },
  {
    detail: 'html',
    pattern:
      /^(<\?xml[^>]{0,200}>\s*)?(<!--[\s\S]{0,1000}?-->\s*)?<(!doctype html|html|head|body|title|script)\b/i,
  },
  { detail: 'xml', pattern: /^<[?!a-z]/i },
  { detail: 'json', pattern: /^\{\s*["}]|^\[\s*([{["]|-?\d)/ },
]

/** Name what a head plainly is when it is not a genotype export: another kind of file, or another kind of list. */
export function recogniseContent(head: Uint8Array): Detail | undefined {
  return recogniseFileType(head) ?? recogniseLookAlike(readFirstLines(head, true))?.detail
}

/** Name the file type by its first bytes. A zip archive is not named here: the container rules judge it. */
export function recogniseFileType(head: Uint8Array): Detail | undefined {
  const magic = MAGICS.find((candidate) => matches(head, candidate))
  if (magic) return magic.detail
  const text = new TextDecoder('utf-8').decode(head.subarray(0, 8192)).trimStart()
  return MARKUP.find(({ pattern }) => pattern.test(text))?.detail
}

/** What a zip archive's only member being of that type means. */
export function faultOfMember(detail: Detail): Fault {
  const archives: readonly Detail[] = ['gzip', 'seven_zip', 'rar', 'xz', 'bzip2', 'tar']
  const reason: FileReason = 'no_genotypes'
  return archives.includes(detail) ? { reason: 'zip_unsafe', detail: 'nested_archive' } : { reason, detail }
}

/** Whether the head starts like a zip archive: a member, an empty archive or a spanned one. */
export function startsLikeZip(head: Uint8Array): boolean {
  return ['504b0304', '504b0506', '504b0708'].some((bytes) =>
    matches(head, { detail: 'unknown_content', bytes }),
  )
}

function matches(head: Uint8Array, { bytes, at = 0 }: Magic): boolean {
  if (head.length < at + bytes.length / 2) return false
  for (let index = 0; index < bytes.length / 2; index++) {
    const expected = bytes.slice(index * 2, index * 2 + 2)
    if (expected !== '..' && head[at + index] !== Number.parseInt(expected, 16)) return false
  }
  return true
}
