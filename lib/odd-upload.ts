import type { IncomingMessage } from 'node:http'
import { ASKED_METHOD, methodNotAllowed, type OddRequest } from '#lib/platform/http/odd-request.ts'
import { methodsOfUpload } from '#lib/sessions/upload/upload.ts'

/**
 * What is odd about a request for a path of tus, or null. tus itself would refuse a wrong method by its first wrong
 * header, and store a compressed body as it is. Some networks let only GET and POST through: a POST that names its
 * method in `X-HTTP-Method-Override` (tus 1.0) gets that method first.
 */
export function oddUpload(request: IncomingMessage, pathname: string): OddRequest | null {
  const wanted = request.headers['x-http-method-override']
  let asked = String(request.headers[ASKED_METHOD])
  if (asked === 'POST' && typeof wanted === 'string' && /^(?:PATCH|HEAD|DELETE)$/i.test(wanted)) {
    asked = wanted.toUpperCase()
    request.method = asked
  }
  const allowed = methodsOfUpload(pathname)
  if (!allowed.split(', ').includes(asked)) return methodNotAllowed(asked, allowed)
  if (/^(?:identity)?$/i.test(request.headers['content-encoding'] ?? '')) return null
  return { status: 415, detail: 'An upload is sent without content encoding.' }
}
