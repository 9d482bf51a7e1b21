/** Where objects are kept in an S3-compatible store, as STORAGE_URL says. */
export interface S3Location {
  bucket: string
  /** Begins every key: empty, or ending in `/`. */
  prefix: string
  /** Undefined: Amazon's own, for the region. */
  endpoint: string | undefined
  /** Undefined: what the SDK finds (AWS_REGION, its configuration). */
  region: string | undefined
  /** What the store is asked to encrypt with, beside what we do ourselves. */
  encryption: { algorithm: 'AES256' | 'aws:kms'; kmsKeyId: string | undefined } | undefined
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const PREFIX = /^(?:[A-Za-z0-9][A-Za-z0-9._=-]*\/)*$/
const REGION = /^[a-z0-9-]{1,64}$/
const KMS_KEY = /^[A-Za-z0-9:/_-]{1,256}$/
const OPTIONS = ['endpoint', 'region', 'sse', 'sse_kms_key_id']
/** Stores that are not Amazon's have one region, and most call it this. */
const REGION_ELSEWHERE = 'us-east-1'

/** Read `s3://bucket/prefix?endpoint=…&region=…&sse=…&sse_kms_key_id=…`; undefined when it is malformed. */
export function parseS3Location(text: string): S3Location | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, hostname, port, username, password, pathname, searchParams, hash } = new URL(text)
  // Credentials come from the SDK's own chain: in a URL they would end up in process lists and logs.
  if (protocol !== 's3:' || username || password || port || hash || !BUCKET.test(hostname)) return undefined
  const names = [...searchParams.keys()]
  if (names.some((name) => !OPTIONS.includes(name)) || new Set(names).size < names.length) return undefined
  const prefix = pathname.replace(/^\/+|\/+$/g, '')
  const endpoint = searchParams.get('endpoint') ?? undefined
  const region = searchParams.get('region') ?? (endpoint ? REGION_ELSEWHERE : undefined)
  const encryption = readEncryption(searchParams.get('sse'), searchParams.get('sse_kms_key_id') ?? undefined)
  if (prefix && !PREFIX.test(`${prefix}/`)) return undefined
  if (endpoint !== undefined && !isEndpoint(endpoint)) return undefined
  if (region !== undefined && !REGION.test(region)) return undefined
  if (encryption === 'unknown') return undefined
  return { bucket: hostname, prefix: prefix && `${prefix}/`, endpoint, region, encryption }
}

function readEncryption(
  algorithm: string | null,
  kmsKeyId: string | undefined,
): S3Location['encryption'] | 'unknown' {
  if (algorithm === null) return kmsKeyId === undefined ? undefined : 'unknown'
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms') return 'unknown'
  const fits = kmsKeyId === undefined || (algorithm === 'aws:kms' && KMS_KEY.test(kmsKeyId))
  return fits ? { algorithm, kmsKeyId } : 'unknown'
}

function isEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, search, hash } = new URL(text)
  return /^https?:$/.test(protocol) && !username && !password && !search && !hash
}
