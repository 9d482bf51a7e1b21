import type { Services } from '#lib/services.ts'
import { parseRange } from './byte-range.ts'
import type { Deliverable } from './deliverable.ts'

/**
 * A deliverable as a response: 200, 206 for a range, 416 beyond the end. The ETag is the digest, so a download that is
 * resumed (`If-Range`) never joins two versions. Always an attachment: a report must not run on our origin.
 */
export async function sendDownload(
  { storage }: Pick<Services, 'storage'>,
  { name, size, sha256, storageKey }: Deliverable,
  asked: Headers,
): Promise<Response> {
  const etag = `"${sha256}"`
  const headers: Record<string, string> = {
    'Accept-Ranges': 'bytes',
    'Content-Disposition': `attachment; filename=${name}`,
    'Content-Type': 'application/octet-stream',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    ETag: etag,
  }
  const ifRange = asked.get('if-range')
  const range = ifRange === null || ifRange === etag ? parseRange(asked.get('range'), size) : 'whole'
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` } })
  }
  if (range === 'whole') {
    const { body } = await storage.read(storageKey)
    return new Response(body, { headers: { ...headers, 'Content-Length': String(size) } })
  }
  const { start, end } = range
  const { body } = await storage.read(storageKey, range)
  return new Response(body, {
    status: 206,
    headers: {
      ...headers,
      'Content-Length': String(end - start),
      'Content-Range': `bytes ${start}-${end - 1}/${size}`,
    },
  })
}
