/** `eu-central-1`, `us-gov-west-1`, `cn-north-1`. */
const REGION = '[a-z]{2}(?:-[a-z]+)+-\\d'

/** What a store's host ends with. Before it stands the bucket, the account or nothing. */
const STORES: RegExp[] = [
  // Amazon S3: the old global name and its first mirrors, regions with a point or a dash, other doors, access points.
  /(?:^|\.)s3\.amazonaws\.com$/,
  /(?:^|\.)s3-external-\d\.amazonaws\.com$/,
  new RegExp(`(?:^|\\.)s3(?:-fips)?(?:\\.dualstack)?[.-]${REGION}\\.amazonaws\\.com(?:\\.cn)?$`),
  new RegExp(`(?:^|\\.)s3-accesspoint(?:-fips)?(?:\\.dualstack)?\\.${REGION}\\.amazonaws\\.com(?:\\.cn)?$`),
  /\.s3-accelerate(?:\.dualstack)?\.amazonaws\.com$/,
  /\.cloudfront\.net$/,
  // Google Cloud Storage, by the bucket's name and by a region's own door.
  /(?:^|\.)storage\.googleapis\.com$/,
  /^storage\.cloud\.google\.com$/,
  /^storage\.[a-z0-9-]+\.rep\.googleapis\.com$/,
  // Azure Blob Storage and Data Lake, with its sovereign clouds and accounts in DNS zones.
  /\.(?:blob|dfs)\.core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn|cloudapi\.de)$/,
  /\.z\d+\.(?:blob|dfs)\.storage\.azure\.net$/,
]

/** Names that only this machine has, and addresses. */
const LOCAL = /^(?:localhost|.+\.localhost|\d+\.\d+\.\d+\.\d+|\[.+\])$/

interface Allowed {
  /** FASTQ_HOSTS: `data.clinic.example`, or `*.clinic.example` for all below it. */
  fastqHosts: readonly string[]
  /** Addresses and names of this machine: for development and tests. */
  allowPrivateTargets: boolean
}

/** Whether files are fetched from this host (as `URL` writes it): a cloud's store, or one that the operator named. */
export function isSourceHost(hostname: string, { fastqHosts, allowPrivateTargets }: Allowed): boolean {
  if (allowPrivateTargets && LOCAL.test(hostname)) return true
  return (
    STORES.some((store) => store.test(hostname)) || fastqHosts.some((allowed) => isBelow(hostname, allowed))
  )
}

const isBelow = (hostname: string, allowed: string): boolean =>
  allowed.startsWith('*.') ? hostname.endsWith(allowed.slice(1)) : hostname === allowed
