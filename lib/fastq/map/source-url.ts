/** With the temporary credentials of AWS a presigned URL has some 1,500 characters. */
export const SOURCE_URL_CHARACTERS_MAX = 4_096

const FASTQ_NAME = /^.+\.(?:fastq|fq)\.(?:gz|bgz)$/
const LOOPBACK = /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
/** Visible ASCII without backslash: what URL parsers silently repair (tabs, blanks, wide dots) is refused. */
const PLAIN = /^[\x21-\x5b\x5d-\x7e]+$/
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i
/** How each cloud's own tools name an object. */
const OBJECT_SCHEMES = ['s3', 'gs', 'az', 'abfs', 'abfss', 'wasb', 'wasbs']

/** The name of the FASTQ file that a URL leads to, whatever its query says; undefined when its path does not end like one. */
export function fastqNameOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const name = new URL(url).pathname.split('/').at(-1)!
  return FASTQ_NAME.test(name) ? name : undefined
}

/** Whether this names a local file rather than anything with a scheme. */
export const isLocalPath = (source: string): boolean => !SCHEME.test(source)

/**
 * Why this cannot be the source of an upload, in words; undefined when it can. http is for loopback alone; what the service
 * lets through (hosts, addresses, expiry, bytes) it decides itself. No message tells anything of the URL: a signature
 * opens the file to anyone who reads it.
 */
export function refuseSourceUrl(source: string): string | undefined {
  if (isLocalPath(source))
    return 'Only URLs can be uploaded, not local files: put the file into a cloud and presign it'
  const scheme = SCHEME.exec(source)![1]!.toLowerCase()
  if (OBJECT_SCHEMES.includes(scheme))
    return `${scheme}:// names an object only its owner can read: presign it`
  if (scheme !== 'https' && scheme !== 'http') return 'Only https URLs can be uploaded'
  if (source.length > SOURCE_URL_CHARACTERS_MAX) {
    return `A URL has at most ${SOURCE_URL_CHARACTERS_MAX} characters`
  }
  if (!PLAIN.test(source) || !URL.canParse(source)) return 'Not a valid URL'
  const url = new URL(source)
  if (url.username !== '' || url.password !== '' || source.split(/[/?#]/)[2]?.includes('@')) {
    return 'A URL must not contain a user name or password'
  }
  if (url.hash !== '') return 'A URL must not have a fragment'
  if (scheme === 'http' && !LOOPBACK.test(url.hostname)) return 'Only https URLs can be uploaded, not http'
  if (fastqNameOf(source) === undefined) {
    return 'Could not determine FASTQ file name from supplied URL: its path must end with .fastq.gz, .fastq.bgz, .fq.gz or .fq.bgz'
  }
  return undefined
}
