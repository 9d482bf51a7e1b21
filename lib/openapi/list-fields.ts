import type { JsonSchema } from './json-schema.ts'

/** One field as readers see it: `last_status.status`, `results[].id`. */
export interface Field {
  name: string
  type: string
  required: boolean
  words: string
}

const DEPTH_MAX = 4

/** The fields of a shape; nested fields follow their parent. */
export function listFields(schema: JsonSchema, above = '', depth = 0): Field[] {
  if (depth > DEPTH_MAX) return []
  return Object.entries(schema.properties ?? {}).flatMap(([key, given]) => {
    const property = asSchema(given)
    const name = `${above}${key}`
    const inner = withoutNull(property)
    const items = asSchema(inner.items)
    const below =
      inner.type === 'array'
        ? listFields(items, `${name}[].`, depth + 1)
        : listFields(inner, `${name}.`, depth + 1)
    return [
      {
        name,
        type: typeOf(property),
        required: schema.required?.includes(key) ?? false,
        words: [property.description, boundsOf(inner), defaultOf(property)].filter(Boolean).join(' '),
      },
      ...below,
    ]
  })
}

const FORMATS: Record<string, string> = {
  uuid: 'UUID',
  uri: 'URL',
  'date-time': 'time',
  date: 'date',
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return [...new Set(schema.anyOf.map((option) => typeOf(asSchema(option))))].join(' | ')
  if (schema.type === 'array') return `list of ${typeOf(asSchema(schema.items))}`
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : schema.type
  return FORMATS[schema.format ?? ''] ?? type ?? 'any JSON'
}

/** JSON carries safe integers only, so that bound is not worth mentioning. */
function boundsOf({ minimum, maximum }: JsonSchema): string {
  const from = minimum !== undefined && Math.abs(minimum) < Number.MAX_SAFE_INTEGER ? `From ${minimum}` : ''
  const to = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? `up to ${maximum}` : ''
  const bounds = [from, to].filter(Boolean).join(' ')
  return bounds && `${bounds[0]!.toUpperCase()}${bounds.slice(1)}.`
}

const defaultOf = (schema: JsonSchema): string =>
  schema.default === undefined || schema.default === null || schema.default === ''
    ? ''
    : `Default: ${JSON.stringify(schema.default)}.`

const withoutNull = (schema: JsonSchema): JsonSchema =>
  asSchema(schema.anyOf?.map(asSchema).find(({ type }) => type !== 'null') ?? schema)

const asSchema = (given: unknown): JsonSchema =>
  typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given } : {}
