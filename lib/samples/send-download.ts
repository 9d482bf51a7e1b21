import type { Services } from '#lib/services.ts'
import type { Deliverable } from './deliverable.ts'
import { readDeliverable } from './pack-deliverable.ts'
import { isReport } from './report-file.ts'

/**
 * A deliverable as a response: 200, 206 for a range, 416 beyond the end. The ETag is the digest, so a download that is
 * resumed (`If-Range`) never joins two versions, `If-None-Match` gets 304 and another `If-Match` 412. An attachment, unless
 * it is a report and `view=page` asks to read it: it is then shown in a sandbox, in which nothing runs and nothing is
 * loaded. A HEAD gets the headers of the whole file.
 */
export async function sendDownload(
  { storage }: Pick<Services, 'storage'>,
  deliverable: Deliverable,
  { method, url, headers: asked }: Pick<Request, 'method' | 'url' | 'headers'>,
): Promise<Response> {
  const { name, size, sha256 } = deliverable
  const headers: Record<string, string> = {
    'Accept-Ranges': 'bytes',
    ...(asksForPage(deliverable, url) ? asPage(name) : asAttachment(name)),
    ETag: `"${sha256}"`,
  }
  const condition = conditionOf(asked, `"${sha256}"`)
  if (condition === 304) return new Response(null, { status: 304, headers })
  if (condition === 412) {
    const detail = 'The file is not the version that If-Match names.'
    return Response.json({ detail }, { status: 412, headers: { ETag: `"${sha256}"` } })
  }
  // A HEAD asks about the whole (RFC 9110 14.2), and nothing is read for it.
  if (method === 'HEAD')
    return new Response(null, { headers: { ...headers, 'Content-Length': String(size) } })
  const range = rangeOf(asked, deliverable)
  if (range === 'unsatisfiable') {
    const empty = { 'Content-Length': '0', 'Content-Range': `bytes */${size}` }
    return new Response(null, { status: 416, headers: { ...headers, ...empty } })
  }
  if (range === 'whole') {
    const body = await readDeliverable(storage, deliverable)
    return new Response(body, { headers: { ...headers, 'Content-Length': String(size) } })
  }
  const { start, end } = range
  const body = await readDeliverable(storage, deliverable, range)
  return new Response(body, {
    status: 206,
    headers: {
      ...headers,
      'Content-Length': String(end - start),
      'Content-Range': `bytes ${start}-${end - 1}/${size}`,
    },
  })
}

const asksForPage = ({ fileType }: Deliverable, url: string): boolean =>
  isReport(fileType) && new URL(url).searchParams.get('view') === 'page'

const asAttachment = (name: string) => ({
  'Content-Disposition': `attachment; filename=${name}`,
  'Content-Type': 'application/octet-stream',
  'Content-Security-Policy': "default-src 'none'; sandbox",
})

/** In an origin of its own, without scripts, forms and windows: a report must not act on our origin. */
const asPage = (name: string) => ({
  'Content-Disposition': `inline; filename=${name}`,
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  // The address of this page is itself a key to the file.
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private, no-store',
})

/** Status that a condition of the request decides on (RFC 9110 13.2.2), if any. */
export function conditionOf(asked: Headers, etag: string): 304 | 412 | undefined {
  const match = asked.get('if-match')
  if (match !== null && !isListed(etag, match)) return 412
  const noneMatch = asked.get('if-none-match')
  return noneMatch !== null && isListed(etag, noneMatch.replaceAll('W/', '')) ? 304 : undefined
}

/** Whether tags of a condition include this one; no tag of ours has a comma. */
const isListed = (etag: string, tags: string): boolean =>
  tags.trim() === '*' || tags.split(',').some((tag) => tag.trim() === etag)

/** Part of a file that a request asks for; `end` is exclusive. */
export interface ByteRange {
  start: number
  end: number
}

/** The range that is sent; the whole file when `If-Range` names another version of it. */
export function rangeOf(
  asked: Headers,
  { size, sha256 }: Pick<Deliverable, 'size' | 'sha256'>,
): ReturnType<typeof parseRange> {
  const ifRange = asked.get('if-range')
  return ifRange === null || ifRange === `"${sha256}"` ? parseRange(asked.get('range'), size) : 'whole'
}

/**
 * The one range of a `Range` header (RFC 9110 14). `whole` when there is no header, several ranges, another unit or
 * nonsense, which a server may ignore. `unsatisfiable` when it starts beyond the end.
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

/** A file name that `sha256sum -c` reads as it stands; a backslash would have to be escaped. */
const LINE_NAME = /^[^\p{Cc}/\\]{1,255}$/u
/** A name that can stand in a header as it is. */
const PLAIN_NAME = /^[A-Za-z0-9._-]{1,200}$/

/** `<sha256> *<name>`: the file's own name, or the one asked for, under which Gencove's CLI has saved the file. */
export function checksumLine({ sha256, name }: Deliverable, asked = name): Response {
  const called = LINE_NAME.test(asked) ? asked : name
  return new Response(`${sha256} *${called}\n`, {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename=${PLAIN_NAME.test(called) ? called : name}.sha256`,
    },
  })
}
