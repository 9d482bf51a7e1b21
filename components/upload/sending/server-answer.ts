import type { SessionView, UploadProblem } from '#lib/sessions/wire.ts'

// The number itself, not the import: the wire's schemas stay out of the page. The type keeps both in step.
const PROTO: SessionView['proto'] = 1

/** Whether a body was written by our server, and not by a gateway or a login page in between. */
export const isOurs = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null && 'proto' in body && body.proto === PROTO

export const isUploadProblem = (body: unknown): body is UploadProblem =>
  isOurs(body) && typeof body.reason === 'string'

/** The refusal in a body written by our server; null for any other body. */
export function problemIn(body: string): UploadProblem | null {
  try {
    const parsed: unknown = JSON.parse(body)
    return isUploadProblem(parsed) ? parsed : null
  } catch {
    return null
  }
}

/** Seconds of a `Retry-After` header, at most five minutes; null when there is none. */
export function secondsOf(header: string | null | undefined): number | null {
  const seconds = Number(header)
  return header && Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 300) : null
}
