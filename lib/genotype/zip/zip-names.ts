import type { CentralEntry } from './zip-directory.ts'

const UTF8_FLAG = 1 << 11
const SYMBOLIC_LINK = 0xa000
const CHARACTER_DEVICE = 0x2000
const BLOCK_DEVICE = 0x6000

/** What an entry's name and attributes say it is. The name itself is judged here and goes no further. */
export interface NamedEntry extends CentralEntry {
  /** Absolute, climbing, empty, undecodable, with control characters, or with two faces. */
  isUnsafe: boolean
  /** A link or a device. A pipe is none: `cat export | zip` stores one, with ordinary bytes inside. */
  isSpecial: boolean
  /** What Finder and other tools of macOS put beside a file. */
  isMacLitter: boolean
  /** Folders above the file. */
  depth: number
  /** A part that only office documents and e-books have. */
  isOfficePart: boolean
}

export function nameEntry(entry: CentralEntry): NamedEntry {
  const name = decodeName(entry.name, (entry.flags & UTF8_FLAG) !== 0)
  const parts = name?.replace(/[/\\]$/, '').split(/[/\\]/) ?? []
  return {
    ...entry,
    isUnsafe: name === undefined || isUnsafeName(name) || hasTwoFaces(name, entry.unicodeName),
    isSpecial: [SYMBOLIC_LINK, CHARACTER_DEVICE, BLOCK_DEVICE].includes(entry.unixType),
    isMacLitter: isMacLitter(parts),
    depth: Math.max(0, parts.length - 1),
    isOfficePart: isOfficePart(parts),
  }
}

/** Without the UTF-8 flag a name is in an unknown code page: its bytes stand for themselves, which is enough to judge it. */
function decodeName(bytes: Uint8Array, utf8: boolean): string | undefined {
  if (!utf8) return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function isUnsafeName(name: string): boolean {
  if (/[\x00-\x1f\x7f]/.test(name) || /^([/\\]|[A-Za-z]:)/.test(name)) return true
  const parts = name.replace(/[/\\]$/, '').split(/[/\\]/)
  return parts.some((part) => part === '' || part === '.' || part === '..')
}

/**
 * A reader may believe the name or the unicode path. They may differ where the name could not hold the letters
 * (WinRAR writes `?` for them), so a plain ASCII name must be repeated as it is.
 */
function hasTwoFaces(name: string, unicodeName: Uint8Array | undefined): boolean {
  if (!unicodeName) return false
  const other = decodeName(unicodeName, true)
  if (other === undefined || isUnsafeName(other)) return true
  return /^[\x20-\x3e\x40-\x7e]*$/.test(name) && other !== name
}

function isMacLitter(parts: string[]): boolean {
  const last = parts.at(-1) ?? ''
  return parts[0] === '__MACOSX' || last === '.DS_Store' || last.startsWith('._')
}

function isOfficePart(parts: string[]): boolean {
  const [first = ''] = parts
  if (parts.length === 1) return first === '[Content_Types].xml' || first === 'mimetype'
  return first === 'Index' && parts.at(-1)!.endsWith('.iwa')
}
