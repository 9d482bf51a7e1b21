import { setTimeout as wait } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import { EXIT } from './exit-code.ts'
import { Failure, misused } from './failure.ts'

/** Where a command finds the API, and who it is. */
export interface PartnerOptions {
  host: string
  apiKey?: string
}

/** Of every command that speaks the API. */
export interface ApiOptions extends PartnerOptions {
  json?: boolean
}

export const hostOption = () =>
  new Option('--host <url>', 'origin of the service').env('ARRAYDROP_HOST').default('http://localhost:3000')
export const apiKeyOption = () =>
  new Option('--api-key <key>', 'API key; better given in the environment').env('ARRAYDROP_API_KEY')

/** The options that every command has which speaks the API. */
export const withApiOptions = (command: Command): Command =>
  command.addOption(hostOption()).addOption(apiKeyOption()).option('--json', 'print one line of JSON')

/** The answer was a refusal: its words, field by field. */
export class Refused extends Failure {
  readonly status: number
  constructor(status: number, body: unknown) {
    super(EXIT.refused, describe(status, body))
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

/** A partner's view of the API: JSON in, JSON out, refusals as `Refused`. Waits and asks again where it is told to (429, 503). */
export function partnerClient({ host, apiKey }: PartnerOptions) {
  const origin = originOf(host)

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(new URL(path, origin), {
        method,
        headers: {
          ...(apiKey === undefined ? {} : { Authorization: `Api-Key ${apiKey}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch((error: unknown) => {
        throw unreachable(origin, error)
      })
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
      const later = (response.status === 429 || response.status === 503) && seconds <= WAIT_SECONDS_MAX
      if (!later || attempt === ATTEMPTS_MAX) return response
      await response.body?.cancel()
      await wait(seconds * 1_000)
    }
  }

  async function call<Answer>(...sent: Parameters<typeof send>): Promise<Answer> {
    const response = await send(...sent)
    const text = await response.text().catch((error: unknown) => {
      throw unreachable(origin, error)
    })
    const answer = parse(text)
    if (!response.ok) throw new Refused(response.status, answer)
    return answer as Answer
  }

  return {
    get: <Answer>(path: string) => call<Answer>('GET', path),
    post: <Answer>(path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
      call<Answer>('POST', path, body, headers),
    delete: (path: string, body?: unknown) => call<unknown>('DELETE', path, body),
    /** Items of a list, page after page, until there are `max` of them or no more. */
    async list<Item>(path: string, query: Record<string, string | undefined>, max: number): Promise<Item[]> {
      const items: Item[] = []
      for (;;) {
        const asked = Object.entries(query).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        )
        const limit = String(Math.min(200, max - items.length))
        const page = new URLSearchParams([...asked, ['limit', limit], ['offset', String(items.length)]])
        const { meta, results } = await call<Page<Item>>('GET', `${path}?${page}`)
        items.push(...results)
        if (meta.next === null || results.length === 0 || items.length >= max) return items
      }
    },
  }
}

export type PartnerClient = ReturnType<typeof partnerClient>

/** One segment of a path, whatever was typed. */
export const segment = (text: string): string => {
  if (text === '' || text === '.' || text === '..') throw misused(`Not an id: ${JSON.stringify(text)}`)
  return encodeURIComponent(text)
}

/** The one project that the key sees, unless one is named. */
export async function projectOf(client: PartnerClient, named: string | undefined): Promise<string> {
  if (named !== undefined) return segment(named)
  const projects = await client.list<{ id: string }>('/api/v2/projects/', {}, 2)
  if (projects.length === 1) return projects[0]!.id
  throw misused(
    projects.length === 0
      ? 'This key sees no project.'
      : 'This key sees several projects: name one with --project (arraydrop projects list).',
  )
}

export const unreachable = (origin: URL, cause: unknown) =>
  new Failure(EXIT.unreachable, `${origin.origin} does not answer. Is the server running? (npm start)`, {
    cause,
  })

export function originOf(host: string): URL {
  if (URL.canParse(host) && /^https?:$/.test(new URL(host).protocol)) return new URL(host)
  throw misused(`--host must be a URL such as http://localhost:3000, not ${JSON.stringify(host)}.`)
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function describe(status: number, body: unknown): string {
  if (typeof body !== 'object' || body === null) return `The service answered ${status}.`
  if ('detail' in body && typeof body.detail === 'string') return body.detail
  return Object.entries(body)
    .map(
      ([field, messages]) => `${field}: ${Array.isArray(messages) ? messages.join(' ') : String(messages)}`,
    )
    .join('\n')
}
