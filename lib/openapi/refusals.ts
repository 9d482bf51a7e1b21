import { z } from 'zod'
import { type Operation, pathParameters } from './operation.ts'

/** `{"detail": "…"}`. */
export const Detail = z.object({
  detail: z.string().describe('What went wrong.'),
  code: z.string().optional().describe('`token_not_valid` for a bad token.'),
  messages: z
    .array(z.object({ token_class: z.string(), token_type: z.string(), message: z.string() }))
    .optional()
    .describe('Sent with that code.'),
})

/** `{"field": ["…"]}`. */
export const FieldMessages = z
  .record(z.string(), z.array(z.string()))
  .describe('Messages for every invalid field at once.')

interface Refusal {
  words: string
  fields?: true
  retryAfter?: true
  /** Its headers name the role that is missing. */
  roles?: true
}

/** Every status of a refusal. */
export const REFUSALS: Record<number, Refusal> = {
  400: { words: 'Something in the request is not valid.', fields: true },
  401: { words: 'The API key or token is missing or not valid.' },
  403: { words: "The caller's role does not allow it: `Role-Needed` names the roles that do.", roles: true },
  404: { words: 'It does not exist, or this caller may not see it.' },
  409: { words: 'It conflicts with the current state.' },
  413: { words: 'The body is larger than 128 KB.' },
  415: { words: 'The media type or the content encoding of the body is not supported.' },
  422: { words: 'This `Idempotency-Key` came with another request before.' },
  429: { words: 'Too many requests: wait for the seconds in `Retry-After`.', retryAfter: true },
  500: { words: 'An error on our side; the message names the request id.' },
  503: { words: 'Not available at the moment; nothing was changed.', retryAfter: true },
}

export const isIdempotent = ({ method, idempotency, right }: Operation): boolean =>
  method === 'POST' && idempotency !== 'never' && right !== 'public'

/** The refusals of one operation, with descriptions. */
export function refusalsOf(operation: Operation): Map<number, string> {
  const { right, path, body, query } = operation
  const known = right !== 'public'
  const repeatable = isIdempotent(operation)
  const possible: Record<number, boolean> = {
    // A query that the path does not take is refused, too: `partnerApi` reads it.
    400: known || body !== undefined || query !== undefined,
    401: known,
    403: known,
    404: pathParameters(path).length > 0,
    409: repeatable,
    413: body !== undefined || repeatable,
    415: body !== undefined || repeatable,
    422: repeatable,
    429: known,
    500: true,
    503: true,
  }
  const statuses = Object.keys(REFUSALS).map(Number)
  const own = operation.refusals ?? {}
  return new Map(
    statuses
      .filter((status) => possible[status] || own[status] !== undefined)
      .map((status) => [status, own[status] ?? REFUSALS[status]!.words]),
  )
}
