/** Part of a file that a request asks for; `end` is exclusive. */
export interface ByteRange {
  start: number
  end: number
}

/**
 * The one range of a `Range` header (RFC 9110 14). `whole` for no header, several ranges, another unit or what makes
 * no sense: a server may ignore it. `unsatisfiable` when it lies behind the end.
 */
export function parseRange(header: string | null, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'whole'
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size }
  }
  const start = Number(first)
  const end = last === '' ? size : Math.min(Number(last) + 1, size)
  if (last !== '' && Number(last) < start) return 'whole'
  return start >= size ? 'unsatisfiable' : { start, end }
}
