import { isStorageOutage, StorageOutage } from '../storage-outage.ts'

const MISSING = new Set(['NotFound', 'NoSuchKey', 'NoSuchUpload'])
const NETWORK_NAMES = new Set(['TimeoutError', 'NetworkingError', 'CredentialsProviderError'])
/** Refusals that a retry may overcome: access is restored, or the rate is lower. */
const PASSING = new Set([401, 403, 429])

interface S3Failure {
  name?: string
  message?: string
  code?: string
  $metadata?: { httpStatusCode?: number }
}

const failureOf = (thrown: unknown): S3Failure => (thrown ?? {}) as S3Failure

/** The HTTP status that the store answered; undefined when it did not. */
export const statusOf = (thrown: unknown): number | undefined => failureOf(thrown).$metadata?.httpStatusCode

/** Whether the store said that there is no such object or upload. A bucket that is not there is a fault of ours. */
export function isMissing(thrown: unknown): boolean {
  return MISSING.has(failureOf(thrown).name ?? '')
}

/**
 * What an error of the SDK means: a `StorageOutage` when the store did not answer, was overloaded or let us not in
 * (credentials expire, clocks drift); everything else as it is.
 */
export function explainS3(thrown: unknown): unknown {
  if (isStorageOutage(thrown) || isMissing(thrown)) return thrown
  const { name, code, message } = failureOf(thrown)
  const status = statusOf(thrown)
  const passing = status === undefined ? fromNetwork(thrown) : status >= 500 || PASSING.has(status)
  if (!passing) return thrown
  // Many stores send no words: the SDK then says "UnknownError".
  const words = !message || message === 'UnknownError' ? name : message
  return new StorageOutage(`The store of files failed: ${status ?? code ?? name}: ${words}`, thrown)
}

function fromNetwork(thrown: unknown): boolean {
  const { name = '', code } = failureOf(thrown)
  if (code === undefined) return NETWORK_NAMES.has(name)
  return /^E(?!RR_)[A-Z]|CERT/.test(code) || code === 'ERR_STREAM_PREMATURE_CLOSE'
}
