import { HEADER_BYTES_MAX, HEADER_LINES_MAX, LINE_BYTES_MAX } from './limits.ts'

/** The start of a text, cut into lines. Strings are fine here: it is at most 64 KiB. */
export interface FirstLines {
  encoding: 'plain' | 'byte_order_mark' | 'utf16'
  /** Complete lines without their ends; the last one may lack its end when the head is the whole text. */
  lines: readonly string[]
  /** Leading lines that are comments, also when a spreadsheet put quotes around them. */
  comments: readonly string[]
  /** First line after the comments that is not blank; empty when there is none. */
  firstLine: string
  /** The comment block is longer than any vendor's. */
  commentsTooLong: boolean
  /** Ends of lines are carriage returns alone. */
  carriageReturnsOnly: boolean
  /** A line is longer than any export has, or never ends. */
  lineTooLong: number | undefined
}

const isComment = (line: string) => line.startsWith('#') || line.startsWith('"#')

/** Cut the head into lines. Any bytes will do; they are read as Latin-1, so one character is one byte. */
export function readFirstLines(head: Uint8Array, whole: boolean): FirstLines {
  const { encoding, text } = decode(head)
  const carriageReturnsOnly = !text.includes('\n') && text.split('\r', 4).length > 3
  const pieces = text.split(carriageReturnsOnly ? '\r' : '\n')
  const unfinished = pieces.pop() ?? ''
  if (unfinished !== '' && (whole || pieces.length === 0)) pieces.push(unfinished)
  const lines = pieces.map((piece) => (piece.endsWith('\r') ? piece.slice(0, -1) : piece))
  const firstRow = lines.findIndex((line) => !isComment(line))
  const comments = firstRow === -1 ? lines : lines.slice(0, firstRow)
  const tooLong = lines.findIndex((line) => line.length > LINE_BYTES_MAX)
  return {
    encoding,
    lines,
    comments,
    firstLine: lines.slice(comments.length).find((line) => line.trim() !== '') ?? '',
    commentsTooLong:
      comments.length > HEADER_LINES_MAX ||
      comments.reduce((bytes, line) => bytes + line.length + 1, 0) > HEADER_BYTES_MAX,
    carriageReturnsOnly,
    lineTooLong: tooLong === -1 ? undefined : tooLong + 1,
  }
}

function decode(head: Uint8Array): Pick<FirstLines, 'encoding'> & { text: string } {
  const [first, second, third] = head
  if (first === 0xff && second === 0xfe) {
    return { encoding: 'utf16', text: new TextDecoder('utf-16le').decode(head) }
  }
  if (first === 0xfe && second === 0xff) {
    return { encoding: 'utf16', text: new TextDecoder('utf-16be').decode(head) }
  }
  const start = head.subarray(0, 64)
  if (start.length === 64) {
    if (start.every((byte, index) => (byte === 0) === (index % 2 === 1))) {
      return { encoding: 'utf16', text: new TextDecoder('utf-16le').decode(head) }
    }
    if (start.every((byte, index) => (byte === 0) === (index % 2 === 0))) {
      return { encoding: 'utf16', text: new TextDecoder('utf-16be').decode(head) }
    }
  }
  const latin1 = new TextDecoder('latin1')
  return first === 0xef && second === 0xbb && third === 0xbf
    ? { encoding: 'byte_order_mark', text: latin1.decode(head.subarray(3)) }
    : { encoding: 'plain', text: latin1.decode(head) }
}
