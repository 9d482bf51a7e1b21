import type { z } from 'zod'
import type { Reason } from '#lib/genotype/reason.ts'

const BRAND = Symbol.for('arraydrop.problem')

/** Every way to refuse a request, with its status. A code without a status does not compile. */
const STATUS = {
  invalid: 400,
  not_authenticated: 401,
  permission_denied: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  throttled: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<string, number>

export type ProblemCode = keyof typeof STATUS
export const statusOfCode = (code: ProblemCode): number => STATUS[code]

interface More {
  /** Messages per field, as Django REST returns them: `{"expires_in": ["…"]}`. */
  fields?: Record<string, string[]>
  /** Reason of an upload session, for the page's own protocol. */
  reason?: Reason
  retryAfterSeconds?: number
  /** For a 403 by role: the roles of which one is needed, and those the caller has. */
  roles?: { needed: string; held: string }
  /** Methods that the path takes, as the `Allow` header of a 405 lists them. */
  allow?: string
  /** Further members of the body, next to `detail`. */
  beside?: Record<string, unknown>
}

/** A request that is refused on purpose, with a message for the caller. In a queued job it is final; bugs throw an `Error`. */
export class Problem extends Error {
  readonly [BRAND] = true
  readonly code: ProblemCode
  readonly fields: Record<string, string[]> | undefined
  readonly reason: Reason | undefined
  readonly retryAfterSeconds: number | undefined
  readonly roles: { needed: string; held: string } | undefined
  readonly allow: string | undefined
  readonly beside: Record<string, unknown> | undefined

  constructor(
    code: ProblemCode,
    message: string,
    { fields, reason, retryAfterSeconds, roles, allow, beside }: More = {},
  ) {
    super(message)
    this.name = 'Problem'
    this.code = code
    this.fields = fields
    this.reason = reason
    this.retryAfterSeconds = retryAfterSeconds
    this.roles = roles
    this.allow = allow
    this.beside = beside
  }

  get status(): number {
    return statusOfCode(this.code)
  }
}

/** By brand, not by `instanceof`: Node's copy of this module and the bundler's run in one process. */
export const isProblem = (thrown: unknown): thrown is Problem =>
  typeof thrown === 'object' && thrown !== null && BRAND in thrown

/** What a zod shape found wrong, as messages per top-level field, as Django REST writes them. */
export function fieldsOf(error: z.ZodError): Record<string, string[]> {
  const fields = new Map<string, string[]>()
  for (const [field, message] of error.issues.flatMap(messagesOf)) {
    fields.set(field, [...(fields.get(field) ?? []), message])
  }
  return Object.fromEntries(fields)
}

const NAME_CHARACTERS_MAX = 60

/** Under the name of the field; an unknown field under its own, or under that of the field it is in. */
function messagesOf(issue: z.core.$ZodIssue): [field: string, message: string][] {
  const [field] = issue.path
  if (issue.code !== 'unrecognized_keys') return [[String(field ?? 'non_field_errors'), issue.message]]
  return issue.keys.map((key) => {
    const shown = key.slice(0, NAME_CHARACTERS_MAX)
    return field === undefined
      ? [shown, 'There is no such field here.']
      : [String(field), `There is no such field in it: ${shown}`]
  })
}

/** The parsed value, or a 400 that names every bad field at once. */
export function parseFields<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new Problem('invalid', 'Some fields are not valid.', { fields: fieldsOf(parsed.error) })
}
