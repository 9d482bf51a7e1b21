import { randomBytes } from 'node:crypto'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { parseS3Location, type S3Location } from '#lib/platform/storage/blobs/s3-location.ts'
// Plain JavaScript: the browser tests and the runner use the same.
import { rgwIsHere } from '../../bin/testing/find-programs.mjs'
import { startRgw } from '../../bin/testing/start-rgw.mjs'

export interface TestRgw {
  /** Its endpoint and keys. */
  access: { endpoint: string; accessKeyId: string; secretAccessKey: string }
  /** Creates a bucket that nothing else uses. */
  createBucket(): Promise<TestBucket>
  stop(): Promise<void>
}

export interface TestBucket {
  location: S3Location
  client: S3Client
  /** Puts an object and signs a GET of it that works for so many seconds. */
  presignedObject(key: string, bytes: Uint8Array, seconds?: number): Promise<string>
}

/** Whether a real S3 server can be started here; `npm test` installs what is missing where it may. */
export { rgwIsHere }

/** A real S3 server for one test file: ready in about 8 s, gone with everything it holds after `stop`. */
export async function startTestRgw(): Promise<TestRgw> {
  const { stop, endpoint, accessKeyId, secretAccessKey } = await startRgw()
  const access = { endpoint, accessKeyId, secretAccessKey }
  const client = testS3Client(access)
  return {
    access,
    async createBucket() {
      const bucket = `test-${randomBytes(8).toString('hex')}`
      await client.send(new CreateBucketCommand({ Bucket: bucket }))
      const location = parseS3Location(`s3://${bucket}/some/prefix?endpoint=${endpoint}`)!
      return {
        location,
        client,
        async presignedObject(key, bytes, seconds = 3_600) {
          const object = { Bucket: bucket, Key: key }
          await client.send(new PutObjectCommand({ ...object, Body: bytes }))
          return getSignedUrl(client, new GetObjectCommand(object), { expiresIn: seconds })
        },
      }
    },
    async stop() {
      client.destroy()
      await stop()
    },
  }
}

/** A client with the keys of a test's server. */
export const testS3Client = ({ endpoint, ...credentials }: TestRgw['access'], attempts = 3): S3Client =>
  new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: attempts,
  })
