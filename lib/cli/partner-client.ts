import { setTimeout as wait } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import { proxyVariables } from '#lib/platform/env.ts'
import { isThisMachine } from '#lib/platform/outbound/is-this-machine.ts'
import { parseRetryAfter } from '#lib/webhooks/retry-schedule.ts'
import { parseExactly } from '#lib/wire/exact-json.ts'
import { EXIT, Failure, misused } from './failure.ts'
import { oneLine } from './print.ts'

/** Where the API is, and the key to use. */
export interface PartnerOptions {
  host: string
  apiKey?: string
  /** The host of the profile, whose key is not for this one. */
  keyIsFor?: string
}

/** Options of every command that uses the API. */
export interface ApiOptions extends PartnerOptions {
  json?: boolean
}

export const hostOption = () =>
  new Option('--host <url>', 'origin of the service').env('ARRAYDROP_HOST').default('http://localhost:3000')
export const apiKeyOption = () =>
  new Option('--api-key <key>', 'API key; safer in the environment').env('ARRAYDROP_API_KEY')

export const profileOption = () =>
  new Option('--profile <name>', 'host and key that `arraydrop login` keeps').env('ARRAYDROP_PROFILE')

/** Adds the options of every command that uses the API. */
export const withApiOptions = (command: Command): Command =>
  command
    .addOption(hostOption())
    .addOption(apiKeyOption())
    .addOption(profileOption())
    .option('--json', 'print one line of JSON')

export const sameOrigin = (one: string, other: string): boolean =>
  URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin

/** The service refused: its messages, field by field. */
export class Refused extends Failure {
  readonly status: number
  constructor({ status, roles }: Pick<Answer, 'status' | 'roles'>, body: unknown) {
    super(EXIT.refused, describe(status, body) + explainRoles(roles))
    this.name = 'Refused'
    this.status = status
  }
}

interface Page<Item> {
  meta: { count: number; next: string | null }
  results: Item[]
}

const ATTEMPTS_MAX = 4
const WAIT_SECONDS_MAX = 60
const BACKOFF_SECONDS = { first: 0.25, max: 15 }
/** Time limit of one request of a client with patience, which then sends it again. */
const ANSWER_MS_MAX = 120_000

const NO_KEY = 'There is no API key: set ARRAYDROP_API_KEY, or keep one with `arraydrop login`.'

interface Answer {
  status: number
  ok: boolean
  /** In seconds. */
  retryAfter: number | undefined
  /** Which roles a 403 needs, and which the key has. */
  roles: { needed: string; held: string | null } | undefined
  text: string
}

/**
 * A partner's view of the API: JSON in, JSON out, refusals as `Refused`. Waits and retries when asked to (429, 503).
 * With `patience` in milliseconds, it also retries for that long when there is no response, on statuses from 500, and
 * while the same Idempotency-Key is in flight: only for requests that may safely arrive twice.
 */
export function partnerClient({ host, apiKey, keyIsFor }: PartnerOptions, { patience = 0 } = {}) {
  const origin = originOf(host)

  async function request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    try {
      const response = await fetch(new URL(path, origin), {
        method,
        headers: {
          ...(apiKey === undefined ? {} : { Authorization: `Api-Key ${apiKey}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(patience === 0 ? {} : { signal: AbortSignal.timeout(ANSWER_MS_MAX) }),
      })
      const { status, ok } = response
      const needed = response.headers.get('role-needed')
      return {
        status,
        ok,
        retryAfter: parseRetryAfter(
          response.headers.get('retry-after') ?? undefined,
          new Date(response.headers.get('date') ?? Date.now()),
        ),
        roles: needed === null ? undefined : { needed, held: response.headers.get('role-held') },
        text: await response.text(),
      }
    } catch (error) {
      return unreachable(origin, error)
    }
  }

  async function call<Body>(...sent: Parameters<typeof request>): Promise<Body> {
    const until = performance.now() + patience
    for (let attempt = 1; ; attempt++) {
      const answer = await request(...sent)
      const seconds = secondsToWait(answer, { attempt, patient: patience > 0 })
      const last =
        patience > 0 ? performance.now() + (seconds ?? 0) * 1_000 > until : attempt === ATTEMPTS_MAX
      if (seconds !== undefined && !last) {
        await wait(seconds * 1_000)
        continue
      }
      if (answer instanceof Failure) throw answer
      const body = parse(answer.text)
      if (answer.status === 401 && apiKey === undefined) {
        const other = keyIsFor === undefined ? '' : ` The key that is kept is for ${keyIsFor} alone.`
        throw new Failure(EXIT.refused, `${NO_KEY}${other}`)
      }
      if (!answer.ok) throw new Refused(answer, body)
      // Such as the page of a proxy that wants a login: nothing was done.
      if (body === undefined && answer.text !== '') throw new Failure(EXIT.unreachable, notOurs(origin))
      return body as Body
    }
  }

  return {
    get: <Body>(path: string) => call<Body>('GET', path),
    post: <Body>(path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
      call<Body>('POST', path, body, headers),
    patch: <Body>(path: string, body: unknown) => call<Body>('PATCH', path, body),
    delete: (path: string, body?: unknown) => call<unknown>('DELETE', path, body),
    /** Items of a list, page by page, up to `max`. */
    async list<Item>(path: string, query: Record<string, string | undefined>, max: number): Promise<Item[]> {
      const items: Item[] = []
      let after: string | null = null
      for (;;) {
        const asked = Object.entries(query).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        )
        const limit = String(Math.min(200, max - items.length))
        const from = after === null ? ['offset', String(items.length)] : ['after', after]
        const page = new URLSearchParams([...asked, ['limit', limit], from])
        const { meta, results } = await call<Page<Item>>('GET', `${path}?${page}`)
        items.push(...results)
        if (meta.next === null || items.length >= max) return items
        after = new URL(meta.next).searchParams.get('after')
        // Only behind a place can there be a page without any before the last one.
        if (after === null && results.length === 0) return items
      }
    },
  }
}

/** Wait before the same request is sent again; undefined when a retry would not help. */
function secondsToWait(
  answer: Answer | Failure,
  { attempt, patient }: { attempt: number; patient: boolean },
): number | undefined {
  const backoff = Math.min(BACKOFF_SECONDS.first * 2 ** (attempt - 1), BACKOFF_SECONDS.max)
  if (answer instanceof Failure) return patient ? backoff : undefined
  const { status, retryAfter } = answer
  const busy = status === 429 || status === 503
  if (busy && retryAfter !== undefined && retryAfter <= WAIT_SECONDS_MAX) return retryAfter
  // 409: the first request with this Idempotency-Key has not finished yet.
  return patient && (status >= 500 || status === 429 || status === 409) ? backoff : undefined
}

export type PartnerClient = ReturnType<typeof partnerClient>

/** Input as one segment of a path. */
export const segment = (text: string): string => {
  if (text === '' || text === '.' || text === '..') throw misused(`Not an id: ${JSON.stringify(text)}`)
  return encodeURIComponent(text)
}

/** The named project, or the only one the key sees. */
export async function projectOf(client: PartnerClient, named: string | undefined): Promise<string> {
  if (named !== undefined) return segment(named)
  const projects = await client.list<{ id: string }>('/api/v2/projects/', {}, 2)
  if (projects.length === 1) return projects[0]!.id
  throw misused(
    projects.length === 0
      ? 'This key sees no project.'
      : 'This key sees several projects: choose one with --project (arraydrop projects list).',
  )
}

export function unreachable(origin: URL, cause: unknown): Failure {
  const advice = isThisMachine(origin.hostname)
    ? 'Is the server running? (npm start)'
    : `Check the address and the network${proxyInWords(origin)}.`
  const why = reasonOf(cause)
  return new Failure(EXIT.unreachable, `${origin.origin} does not answer${why && ` (${why})`}. ${advice}`, {
    cause,
  })
}

/** What `fetch` says of itself is only that it failed: the reason is the last of its causes. */
function reasonOf(error: unknown): string {
  let last = error
  while (last instanceof Error && last.cause !== undefined) last = last.cause
  // Every address of a name was tried in vain.
  if (last instanceof AggregateError) last = last.errors[0]
  return last instanceof Error ? oneLine(last.message) : ''
}

/** Without its name and password, which it may have. */
function proxyInWords({ protocol }: URL): string {
  const { http_proxy, https_proxy } = proxyVariables()
  const proxy = (protocol === 'https:' ? https_proxy : http_proxy) ?? ''
  return URL.canParse(proxy)
    ? `, and the proxy ${new URL(proxy).origin}, which NO_PROXY can except hosts from`
    : ''
}

const notOurs = ({ origin }: URL): string =>
  `${origin} answered with something other than JSON: check the address, and whether a proxy there wants a login.`

export function originOf(host: string): URL {
  if (URL.canParse(host) && /^https?:$/.test(new URL(host).protocol)) return new URL(host)
  throw misused(`--host must be a URL such as http://localhost:3000, not ${JSON.stringify(host)}.`)
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return parseExactly(text)
  } catch {
    return undefined
  }
}

function describe(status: number, body: unknown): string {
  if (typeof body !== 'object' || body === null) return `The service answered ${status}.`
  if ('detail' in body && typeof body.detail === 'string') return body.detail
  if (Array.isArray(body)) return body.map(inWords).join('\n')
  return Object.entries(body)
    .map(
      ([field, messages]) =>
        `${field}: ${Array.isArray(messages) ? messages.map(inWords).join(' ') : inWords(messages)}`,
    )
    .join('\n')
}

const explainRoles = (roles: Answer['roles']): string =>
  roles ? ` Role needed: ${roles.needed}. This key has: ${roles.held}.` : ''

const inWords = (message: unknown): string =>
  typeof message === 'string' ? message : JSON.stringify(message)
