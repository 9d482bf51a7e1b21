import { OPERATIONS } from '#lib/openapi/operations.ts'

const KEPT = 1
const TEXT_MAX = 300

/** Answers of a service as examples of the document: the first of each operation, shortened, with nothing that differs between runs. */
export function collectExamples() {
  const examples: Record<string, unknown> = {}
  const ids = new Map<string, string>()
  const forms = OPERATIONS.map(({ id, method, path }) => ({
    id,
    method,
    form: new RegExp(`^${path.replace(/\/$/, '').replace(/\{\w+\}/g, '[^/]+')}/?$`),
  }))
  return {
    examples,
    async see(request: Request, response: Response): Promise<void> {
      const { pathname } = new URL(request.url)
      const operation = forms.find(({ method, form }) => method === request.method && form.test(pathname))
      const isJson = response.headers.get('content-type')?.startsWith('application/json')
      if (!operation || operation.id in examples || !response.ok || !isJson) return
      if (operation.id === 'getDocument') return
      examples[operation.id] = masked(await response.clone().json(), ids)
    },
  }
}

const MASKS: readonly [RegExp, string][] = [
  [/^[0-9A-Za-z]{8}\.[0-9A-Za-z]{20,}$/, 'Xk3v9QpL.qX3nB7cT1mW8rZ5yH2dK9sF4gJ6aLpVe'],
  [/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'eyJ...'],
  [/\b[0-9a-f]{64}\b/g, '9f2c4e1ab3d05876c1e8f7a2940b6d3e5c7f1a8b2d4e6f90a1b3c5d7e9f00112'],
  [/\d{4}-\d\d-\d\d([T ])\d\d:\d\d:\d\d\.\d{6}/g, '2026-11-21$120:06:31.204000'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z/g, '2026-11-21T20:06:31Z'],
  [/token=[^&]+/g, 'token=eyJ...'],
  [/(signature)=.*/g, '$1=...'],
  [/kid=[\w-]+/g, 'kid=k1'],
  [/expires=\d+/g, 'expires=1795292791'],
  [/#[\w-]{20,}/g, '#...'],
  [/http:\/\/127\.0\.0\.1:\d+/g, 'https://files.s3.amazonaws.com'],
  [/^127\.0\.0\.1:\d+$/, 'files.s3.amazonaws.com'],
  [/http:\/\/(localhost|app\.localhost|[\w.]*test)(:\d+)?/g, 'https://upload.example'],
]
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

function masked(value: unknown, ids: Map<string, string>): unknown {
  if (typeof value === 'string') return maskedText(value, ids)
  if (Array.isArray(value)) return value.slice(0, KEPT).map((item) => masked(item, ids))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      maskedText(key, ids),
      key === 'secret' ? 'c2VjcmV0IG9mIGEgc3Vic2NyaXB0aW9u' : key === 'qc' ? null : masked(inner, ids),
    ]),
  )
}

function maskedText(text: string, ids: Map<string, string>): string {
  const named = text.replaceAll(UUID, (id) => {
    const known = ids.get(id) ?? `6f1f5c0e-3c5f-4b8c-9a51-${String(ids.size + 1).padStart(12, '0')}`
    ids.set(id, known)
    return known
  })
  return MASKS.reduce((made, [pattern, mask]) => made.replace(pattern, mask), named).slice(0, TEXT_MAX)
}

/** Paths of all fields, in which lists stand for their first item. */
export function fieldsIn(value: unknown, above = ''): string[] {
  if (Array.isArray(value)) return fieldsIn(value[0], `${above}[]`)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    `${above}.${key}`,
    ...fieldsIn(inner, `${above}.${key}`),
  ])
}
