import { S3Client } from '@aws-sdk/client-s3'
import type { S3Location } from './s3-location.ts'

const ATTEMPTS_MAX = 4
const CONNECT_MS_MAX = 3_000
/** Limit for a connection without traffic. */
const IDLE_MS_MAX = 20_000
const CONNECTIONS_MAX = 128

/** A client that works with every S3-compatible store, not only Amazon's. */
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
      connectionTimeout: CONNECT_MS_MAX,
      socketTimeout: IDLE_MS_MAX,
      httpAgent: agent,
      httpsAgent: agent,
    },
  })
}
