import { Ajv2020 } from 'ajv/dist/2020.js'
import { type RawAnswer, sendRequest } from '../raw/send-request.ts'
import type { Service } from './start-service.ts'

/** The service's own OpenAPI document as a test for its responses. */
export interface Contract {
  /** Throws unless the document describes this response: status, headers, every field and no other. */
  demand(method: string, path: string, answer: Pick<RawAnswer, 'status' | 'headers' | 'body'>): void
}

interface OpenApiDocument {
  paths: Record<string, Record<string, { responses: Record<string, { content?: object; headers?: object }> }>>
}

const loaded = new Map<string, Promise<Contract>>()

/** Loads the document of a running service, once. */
export function loadContract({ address }: Pick<Service, 'address'>): Promise<Contract> {
  const contract = loaded.get(address) ?? readContract(address)
  loaded.set(address, contract)
  return contract
}

async function readContract(address: string): Promise<Contract> {
  const served = await sendRequest(address, { method: 'GET', path: '/api/v2/openapi.json' })
  if (served.status !== 200) throw new Error(`The document answered ${served.status}`)
  const document = closed(served.json<OpenApiDocument>())
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema(document, 'contract')
  const templates = Object.keys(document.paths).map((template) => ({ template, form: formOf(template) }))

  const demand: Contract['demand'] = (method, path, { status, headers, body }) => {
    const at = path.split('?', 1)[0]!.replace(/\/$/, '')
    if (!at.startsWith('/api/v2')) return
    const complain = (why: string) => {
      throw new Error(`${method} ${at} returned ${status} in a way its document does not describe: ${why}`)
    }
    if (!headers['request-id']) complain('no Request-Id')
    const template = templates.find(({ form }) => form.test(at))?.template
    const operation = template && document.paths[template]![method.toLowerCase()]
    if (!operation) {
      const json = body === '' ? {} : JSON.parse(body)
      const refused = (status === 404 || status === 405) && typeof json.detail === 'string'
      return refused ? undefined : complain('nothing is documented there')
    }
    const response = operation.responses[status] ?? complain('an unknown status')
    if (response?.headers && 'Retry-After' in response.headers && !headers['retry-after']) {
      complain('no Retry-After')
    }
    const media = Object.keys(response?.content ?? {})[0]
    if (media === undefined) return body === '' ? undefined : complain('a body where there is none')
    if (!headers['content-type']?.startsWith(media)) complain(`not ${media}`)
    const pointer = ['paths', template, method.toLowerCase(), 'responses', status, 'content', media, 'schema']
    const check = ajv.getSchema(`contract#${pointer.map(fragment).join('')}`)
    if (!check) throw new Error(`No shape for ${method} ${template} ${status}`)
    if (!check(media === 'application/json' ? JSON.parse(body) : body)) {
      complain(ajv.errorsText(check.errors, { dataVar: 'answer' }))
    }
  }
  return { demand }
}

/** `/api/v2/samples/{sample_id}` as a pattern. One segment each, whatever is in it. */
const formOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .replace(/\/$/, '')
      .replace(/[.]/g, '\\$&')
      .replace(/\{\w+\}/g, '[^/]+')}$`,
  )

const fragment = (part: string | number | undefined): string =>
  `/${encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))}`

/** The same document, stricter: responses may have no undocumented field. */
function closed<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(closed) as Value
  const inner = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, closed(part)]))
  const open = inner.type === 'object' && 'properties' in inner && !('additionalProperties' in inner)
  return (open ? { ...inner, additionalProperties: false } : inner) as Value
}
