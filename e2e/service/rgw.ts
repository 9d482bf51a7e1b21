import { randomBytes } from 'node:crypto'
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
// Plain JavaScript: the runner and the integration tests use the same.
import { rgwIsHere } from '../../bin/testing/find-programs.mjs'
import { startRgw } from '../../bin/testing/start-rgw.mjs'

/** Whether a real S3 server can be started here; `npm test` installs what is missing where it may. */
export { rgwIsHere }

/** A bucket on its own real S3 server. */
export interface Bucket {
  /** What a service needs to keep its files there. */
  environment: Record<string, string>
  /** Everything in it, by name, with its size. */
  objects(): Promise<{ key: string; size: number }[]>
  read(key: string): Promise<Buffer>
  put(key: string, bytes: Uint8Array): Promise<void>
  /** A presigned URL for GET, valid for this many seconds. */
  presign(key: string, seconds?: number): Promise<string>
  /** The server goes away, and comes back with all it had. */
  halt(): Promise<void>
  resume(): Promise<void>
  stop(): Promise<void>
}

export async function startBucket(): Promise<Bucket> {
  const { endpoint, accessKeyId, secretAccessKey, halt, resume, stop } = await startRgw()
  const name = `bucket-${randomBytes(6).toString('hex')}`
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
  await client.send(new CreateBucketCommand({ Bucket: name }))
  const object = (Key: string) => ({ Bucket: name, Key })
  return {
    environment: {
      STORAGE_URL: `s3://${name}/arraydrop?endpoint=${endpoint}`,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
    async objects() {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: name }))
      return Contents.map(({ Key, Size }) => ({ key: Key!, size: Size! }))
    },
    async read(key) {
      const { Body } = await client.send(new GetObjectCommand(object(key)))
      return Buffer.from(await Body!.transformToByteArray())
    },
    async put(key, bytes) {
      await client.send(new PutObjectCommand({ ...object(key), Body: bytes }))
    },
    presign: (key, seconds = 3_600) =>
      getSignedUrl(client, new GetObjectCommand(object(key)), { expiresIn: seconds }),
    halt,
    resume,
    async stop() {
      client.destroy()
      await stop()
    },
  }
}
