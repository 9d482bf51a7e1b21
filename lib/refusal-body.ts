import { isApi } from '#lib/platform/http/odd-request.ts'
import { PROTO, type UploadProblem } from '#lib/sessions/wire.ts'

/**
 * The body of a refusal that no route has written, in the shape of the interface that the path belongs to: an
 * `UploadProblem` for the upload page, `{"detail"}` for partners, plain text for people.
 */
export function refusalBody(
  pathname: string,
  { status, detail }: { status: number; detail: string },
  requestId: string,
): { type: string; body: string } {
  if (status === 204 || status === 308) return { type: 'text/plain; charset=utf-8', body: '' }
  if (!isApi(pathname)) return { type: 'text/plain; charset=utf-8', body: `${detail}\n` }
  const reason = status === 503 ? 'service_unavailable' : 'internal_error'
  const refusal = /^[/\\]+api[/\\]+upload(?:[/\\]|$)/.test(pathname)
    ? ({ proto: PROTO, reason, detail, request_id: requestId } satisfies UploadProblem)
    : { detail }
  return { type: 'application/json', body: JSON.stringify(refusal) }
}
