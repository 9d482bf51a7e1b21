import fields from './kubernetes-fields.json' with { type: 'json' }

const KINDS: Record<string, string | undefined> = fields.kinds
const TYPES: Record<string, Record<string, string> | undefined> = fields.types

/** Fields of a Kubernetes object that its kind does not have, or that hold a value of another type; each with its path. */
export function kubernetesFaults(object: unknown): string[] {
  const { apiVersion, kind } = (object ?? {}) as { apiVersion?: string; kind?: string }
  const type = KINDS[`${apiVersion} ${kind}`]
  return type ? faultsOf(object, type, kind!) : [`${apiVersion} ${kind}: unknown kind`]
}

function faultsOf(value: unknown, type: string, where: string): string[] {
  const item = /^(?:Array|Set)<(.+)>$/.exec(type)?.[1]
  if (item) {
    if (!Array.isArray(value)) return [`${where}: not a list`]
    return value.flatMap((one, n) => faultsOf(one, item, `${where}[${n}]`))
  }
  const known = TYPES[type]
  if (!known && !type.startsWith('{')) return isScalar(value, type) ? [] : [`${where}: not a ${type}`]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${where}: not an object`]
  const inner = /: (\w+); }$/.exec(type)?.[1]
  return Object.entries(value).flatMap(([name, one]) => {
    const typeOfField = known ? known[name] : inner
    return typeOfField
      ? faultsOf(one, typeOfField, `${where}.${name}`)
      : [`${where}.${name}: there is no such field`]
  })
}

function isScalar(value: unknown, type: string): boolean {
  if (type === 'IntOrString') return typeof value === 'string' || Number.isInteger(value)
  if (type === 'Date') return typeof value === 'string'
  return typeof value === type
}
