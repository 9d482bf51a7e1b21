import { S3Client } from '@aws-sdk/client-s3'
import type { S3Location } from './s3-location.ts'

const ATTEMPTS_MAX = 4
const CONNECT_MILLISECONDS_MAX = 3_000
/** On a connection on which nothing moves. */
const IDLE_MILLISECONDS_MAX = 20_000
const CONNECTIONS_MAX = 128

/** A client as every store of objects understands it, also those that are not Amazon's. */
export function createS3Client({ endpoint, region }: Pick<S3Location, 'endpoint' | 'region'>): S3Client {
  const agent = { maxSockets: CONNECTIONS_MAX, keepAlive: true }
  return new S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    forcePathStyle: true,
    // The SDK's own checksums make other stores refuse, or keep the checksum as if it were content. Ours: Content-MD5.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: ATTEMPTS_MAX,
    requestHandler: {
      connectionTimeout: CONNECT_MILLISECONDS_MAX,
      socketTimeout: IDLE_MILLISECONDS_MAX,
      httpAgent: agent,
      httpsAgent: agent,
    },
  })
}
