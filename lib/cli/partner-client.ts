import { Option } from 'commander'

/** Where a command finds the API, and who it is. */
export interface PartnerOptions {
  host: string
  apiKey?: string
}

export const hostOption = () =>
  new Option('--host <url>', 'origin of the service').env('ARRAYDROP_HOST').default('http://localhost:3000')
export const apiKeyOption = () =>
  new Option('--api-key <key>', 'API key of a project').env('ARRAYDROP_API_KEY')

/** The answer was a refusal: its words, field by field. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number, body: unknown) {
    super(describe(status, body))
    this.name = 'Refused'
    this.status = status
  }
}

/** A partner's view of the API: JSON in, JSON out, refusals as `Refused`. */
export function partnerClient({ host, apiKey }: PartnerOptions) {
  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(new URL(path, host), {
      method,
      headers: {
        ...(apiKey === undefined ? {} : { Authorization: `Api-Key ${apiKey}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new Error(`${new URL(host).origin} does not answer. Is the server running? (npm start)`, {
        cause: error,
      })
    })
    const answer: unknown = await response.json().catch(() => undefined)
    if (!response.ok) throw new Refused(response.status, answer)
    return answer as Answer
  }
  return {
    get: <Answer>(path: string) => call<Answer>('GET', path),
    post: <Answer>(path: string, body: unknown = {}) => call<Answer>('POST', path, body),
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
