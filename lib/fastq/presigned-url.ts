/** How object stores sign URLs, and CloudFront. */
export type Signer = 's3-v4' | 's3-v2' | 'cloudfront' | 'gcs-v4' | 'gcs-v2' | 'azure-sas'

/** What a URL says of itself. Times are upper bounds: keys are withdrawn and credentials end without a trace in the URL. */
export interface PresignedUrl {
  /** Null: it is not signed in any way that we know, which public files need not be. */
  signedBy: Signer | null
  /** Before this it does not work; null: it does not say. */
  startsAt: Date | null
  /** From this on it does not work; null: it does not say. */
  expiresAt: Date | null
  /** Signed with credentials that end by themselves, whatever the URL says. */
  temporaryCredentials: boolean
  /** Only some addresses may use it. */
  someAddressesOnly: boolean
  /** Why it cannot work at any time, in words that tell nothing of it. */
  faults: string[]
}

/** S3 and GCS refuse a version 4 URL that is valid for longer than seven days. */
const V4_SECONDS_MAX = 604_800
/** S3 forgives clocks that are wrong by so much. */
const CLOCK_MS = 900_000
/** Year 5138: more is milliseconds taken for seconds. */
const EPOCH = /^\d{1,11}$/

/**
 * How long a URL works, by what its query says (names in any case, values percent-decoded once). Works on any text; the
 * host plays no part, because stores have names of their own.
 */
export function readPresignedUrl(text: string): PresignedUrl {
  const query = readQuery(text)
  const signedBy = signerOf(query)
  if (signedBy === null) return { ...UNSIGNED, faults: [] }
  const read = READERS[signedBy](query)
  const twice = SIGNING_NAMES[signedBy].some((name) => query.twice.has(name))
  return {
    ...UNSIGNED,
    ...read,
    signedBy,
    faults: [...(twice ? ['The signature of the URL says something twice.'] : []), ...(read.faults ?? [])],
  }
}

/** Why it does not work now, in words; undefined when it may. */
export function refusePresigned(
  { faults, startsAt, expiresAt }: PresignedUrl,
  now: Date,
): string | undefined {
  if (faults[0] !== undefined) return faults[0]
  if (expiresAt && expiresAt <= now) return `The URL has expired, at ${inWords(expiresAt)}: presign it again.`
  if (startsAt && startsAt > now) return `The URL is not valid yet, only from ${inWords(startsAt)} on.`
  return undefined
}

/** What may go wrong with it later, in words. */
export function warnPresigned(
  { expiresAt, temporaryCredentials, someAddressesOnly }: PresignedUrl,
  { now, expectedWaitHours }: { now: Date; expectedWaitHours: number },
): string[] {
  const warnings: string[] = []
  if (expiresAt && expiresAt.getTime() - now.getTime() < expectedWaitHours * 3_600_000) {
    const wait = `${expectedWaitHours} ${expectedWaitHours === 1 ? 'hour' : 'hours'}`
    warnings.push(
      `The URL stops working at ${inWords(expiresAt)}, within the ${wait} that a file may wait for its analysis: presign it for longer.`,
    )
  }
  if (temporaryCredentials) {
    warnings.push(
      'The URL was signed with temporary credentials and stops working when they end, which may be earlier than it says.',
    )
  }
  if (someAddressesOnly) warnings.push('The URL works from some addresses only.')
  return warnings
}

const inWords = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z')

const UNSIGNED = {
  signedBy: null,
  startsAt: null,
  expiresAt: null,
  temporaryCredentials: false,
  someAddressesOnly: false,
} as const

interface Query {
  /** By name in lower case; of several values the first. */
  values: Map<string, string>
  twice: Set<string>
}

function readQuery(text: string): Query {
  const query: Query = { values: new Map(), twice: new Set() }
  if (!URL.canParse(text)) return query
  for (const [given, value] of new URL(text).searchParams) {
    const name = given.toLowerCase()
    if (query.values.has(name)) query.twice.add(name)
    else query.values.set(name, value)
  }
  return query
}

/** By what only this way of signing has; first what is most telling. */
function signerOf({ values }: Query): Signer | null {
  const hasOne = (...names: string[]) => names.some((name) => values.has(name))
  if (hasOne('x-amz-signature', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-expires')) return 's3-v4'
  if (hasOne('x-goog-signature', 'x-goog-algorithm', 'x-goog-credential', 'x-goog-expires')) return 'gcs-v4'
  if (hasOne('key-pair-id')) return 'cloudfront'
  if (hasOne('googleaccessid')) return 'gcs-v2'
  if (hasOne('awsaccesskeyid')) return 's3-v2'
  return hasOne('sig') && hasOne('sv', 'se', 'sp', 'si') ? 'azure-sas' : null
}

const v4Names = (vendor: string) =>
  ['algorithm', 'credential', 'date', 'expires', 'signedheaders', 'signature'].map(
    (name) => `x-${vendor}-${name}`,
  )

const SIGNING_NAMES: Record<Signer, string[]> = {
  's3-v4': v4Names('amz'),
  'gcs-v4': v4Names('goog'),
  's3-v2': ['awsaccesskeyid', 'expires', 'signature'],
  'gcs-v2': ['googleaccessid', 'expires', 'signature'],
  cloudfront: ['key-pair-id', 'expires', 'policy', 'signature'],
  'azure-sas': ['sv', 'sr', 'sp', 'st', 'se', 'spr', 'sip', 'si', 'ss', 'srt', 'skt', 'ske', 'sig'],
}

type Reading = Partial<PresignedUrl>

const READERS: Record<Signer, (query: Query) => Reading> = {
  's3-v4': (query) => ({
    ...readV4(query, 'amz'),
    // STS hands out key ids that begin with ASIA, and a token with each.
    temporaryCredentials:
      query.values.has('x-amz-security-token') || /^ASIA/.test(query.values.get('x-amz-credential') ?? ''),
  }),
  'gcs-v4': (query) => readV4(query, 'goog'),
  's3-v2': (query) => ({
    ...readV2(query, 's3-v2'),
    temporaryCredentials: query.values.has('x-amz-security-token'),
  }),
  'gcs-v2': (query) => readV2(query, 'gcs-v2'),
  cloudfront: readCloudFront,
  'azure-sas': readSas,
}

/** A point in time and how long from there. */
function readV4({ values }: Query, vendor: 'amz' | 'goog'): Reading {
  const of = (name: string) => values.get(`x-${vendor}-${name}`)
  if (v4Names(vendor).some((name) => !values.get(name))) return { faults: [INCOMPLETE] }
  const faults: string[] = []
  const at = timeOf(of('date')!.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  const seconds = /^\d{1,9}$/.test(of('expires')!) ? Number(of('expires')) : 0
  if (!at || seconds < 1) faults.push(UNREADABLE)
  if (seconds > V4_SECONDS_MAX) {
    faults.push(
      'The URL was signed for more than seven days, which its store refuses: presign it for seven at most.',
    )
  }
  if (of('signedheaders')!.toLowerCase() !== 'host') {
    faults.push(
      'The signature of the URL asks for further headers, which nobody will send: presign it without.',
    )
  }
  if (!at || faults.length > 0) return { faults }
  return {
    startsAt: new Date(at.getTime() - CLOCK_MS),
    expiresAt: new Date(at.getTime() + seconds * 1_000),
  }
}

/** Seconds since 1970. */
function readV2({ values }: Query, signer: 's3-v2' | 'gcs-v2'): Reading {
  if (SIGNING_NAMES[signer].some((name) => !values.get(name))) return { faults: [INCOMPLETE] }
  return expiresAtEpoch(values.get('expires')!)
}

const expiresAtEpoch = (seconds: string): Reading =>
  EPOCH.test(seconds) ? { expiresAt: new Date(Number(seconds) * 1_000) } : { faults: [UNREADABLE] }

/** Its time in the query, or inside a policy: base64 with three letters of its own. */
function readCloudFront({ values }: Query): Reading {
  const [expires, policy] = [values.get('expires'), values.get('policy')]
  if (!values.get('key-pair-id') || !values.get('signature') || !(expires || policy)) {
    return { faults: [INCOMPLETE] }
  }
  if (!policy) return expiresAtEpoch(expires!)
  try {
    const json = atob(policy.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'))
    const conditions = JSON.parse(json).Statement[0].Condition
    const start = conditions.DateGreaterThan?.['AWS:EpochTime']
    return {
      ...expiresAtEpoch(String(conditions.DateLessThan['AWS:EpochTime'])),
      ...(EPOCH.test(String(start)) ? { startsAt: new Date(Number(start) * 1_000) } : {}),
      someAddressesOnly: !/^(?:undefined|0\.0\.0\.0\/0)$/.test(
        String(conditions.IpAddress?.['AWS:SourceIp']),
      ),
    }
  } catch {
    return { faults: [UNREADABLE] }
  }
}

/** A shared access signature, for a blob, a container or an account, by a key of the account or of a user. */
function readSas({ values }: Query): Reading {
  const faults: string[] = []
  const times = Object.fromEntries(
    ['st', 'se', 'skt', 'ske'].map((name) => {
      const text = values.get(name)
      const time = text === undefined ? null : timeOf(text)
      if (time === undefined) faults.push(UNREADABLE)
      return [name, time ?? null]
    }),
  ) as Record<'st' | 'se' | 'skt' | 'ske', Date | null>
  // With a stored access policy, time and permissions may stand there, where only its owner sees them.
  const hasPolicy = values.has('si')
  if (!values.get('sv') || !values.get('sig') || !(hasPolicy || (values.has('se') && values.has('sp')))) {
    faults.push(INCOMPLETE)
  }
  if (values.has('sp') && !values.get('sp')!.includes('r')) {
    faults.push('The signature of the URL does not permit to read: presign it with read permission.')
  }
  if (values.has('spr') && !values.get('spr')!.split(',').includes('https')) {
    faults.push('The signature of the URL does not permit https.')
  }
  if (
    (values.has('ss') && !values.get('ss')!.includes('b')) ||
    (values.has('srt') && !values.get('srt')!.includes('o'))
  ) {
    faults.push('The signature of the URL is not for blobs: presign it for the object.')
  }
  return {
    faults,
    startsAt: laterOf(times.st, times.skt),
    expiresAt: earlierOf(times.se, times.ske),
    someAddressesOnly: values.has('sip'),
  }
}

const INCOMPLETE = 'The signature of the URL is incomplete: copy the whole URL, up to its end.'
const UNREADABLE = 'The URL does not say properly until when it works: presign it again.'

/** `YYYY-MM-DD`, `…Thh:mmZ` or `…Thh:mm:ssZ`, with parts of a second or without; undefined for another text or no such day. */
function timeOf(text: string): Date | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.\d{1,7})?)?Z)?$/.exec(text)
  if (!match) return undefined
  const iso = `${match[1]}T${match[2] ?? '00:00'}:${match[3] ?? '00'}.000Z`
  const time = new Date(iso)
  // JavaScript takes the 31st of February for the 3rd of March.
  return Number.isNaN(time.getTime()) || time.toISOString() !== iso ? undefined : time
}

const laterOf = (one: Date | null, other: Date | null): Date | null =>
  one && other && other > one ? other : (one ?? other)
const earlierOf = (one: Date | null, other: Date | null): Date | null =>
  one && other && other < one ? other : (one ?? other)
