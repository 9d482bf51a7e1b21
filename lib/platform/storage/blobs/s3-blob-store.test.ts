import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { S3Client } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { createScratch } from '../scratch.ts'
import { inspectBucket } from './inspect-bucket.ts'
import { S3BlobStore } from './s3-blob-store.ts'
import { parseS3Location } from './s3-location.ts'

const UPLOAD = '<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>'

/** A store that only notes what it is asked, and what it answers to each. */
async function recorder(answer: (asked: string) => { status?: number; body?: string } = () => ({})) {
  const requests: { asked: string; headers: IncomingMessage['headers']; body: Buffer }[] = []
  const server = createServer(async (incoming, outgoing) => {
    const asked = `${incoming.method} ${incoming.url}`
    const chunks: Buffer[] = []
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
    requests.push({ asked, headers: incoming.headers, body: Buffer.concat(chunks) })
    const { status = 200, body = '' } = answer(asked)
    outgoing.writeHead(status, { ETag: '"e"', 'Content-Type': 'application/xml' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    maxAttempts: 1,
  })
  const open = (options = '') => {
    const location = parseS3Location(`s3://bucket/some/prefix?endpoint=${endpoint}${options}`)!
    return new S3BlobStore(location, createScratch(tmpdir()), client)
  }
  return { requests, client, open, stop: () => server.close() }
}

async function* pieces(count: number) {
  for (let i = 0; i < count; i++) yield Buffer.alloc(1_048_576, i)
}

test('Bytes go as they are, with a digest that the store compares', async () => {
  const { requests, open, stop } = await recorder()
  await open().put('a.bin', pieces(1))
  const put = requests.find(({ asked }) => asked.startsWith('PUT /bucket/some/prefix/a.bin'))!
  expect(put.headers['content-md5']).toBe(createHash('md5').update(put.body).digest('base64'))
  expect(put.headers['content-length']).toBe('1048576')
  expect(put.headers['content-encoding']).toBeUndefined()
  expect(Object.keys(put.headers).filter((name) => /server-side|x-amz-trailer/.test(name))).toEqual([])
  stop()
})

test.each([
  ['&sse=AES256', { 'x-amz-server-side-encryption': 'AES256' }],
  [
    '&sse=aws:kms&sse_kms_key_id=key-1',
    {
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'key-1',
    },
  ],
])('The store is asked to encrypt, small objects and large ones: %s', async (options, wanted) => {
  const { requests, open, stop } = await recorder((asked) => ({
    body: asked.includes('?uploads') ? UPLOAD : '<CompleteMultipartUploadResult/>',
  }))
  await open(options).put('small.bin', pieces(1))
  await open(options).put('large.bin', pieces(17))
  for (const begin of ['PUT /bucket/some/prefix/small.bin', 'POST /bucket/some/prefix/large.bin?uploads']) {
    expect(requests.find(({ asked }) => asked.startsWith(begin))?.headers, begin).toMatchObject(wanted)
  }
  stop()
})

test('Settings of a bucket that we may not read are reported, and a public bucket is detected by its policy', async () => {
  const closed = await recorder(() => ({ status: 403 }))
  expect(await inspectBucket(closed.client, 'bucket')).toEqual({
    public: false,
    warnings: [expect.stringContaining('make sure that it is not')],
  })
  closed.stop()
  const open = await recorder((asked) => ({
    body: asked.includes('policyStatus') ? '<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>' : '<x/>',
  }))
  expect((await inspectBucket(open.client, 'bucket')).public).toBe(true)
  open.stop()
  const none = await recorder((asked) =>
    asked.includes('policyStatus')
      ? { status: 404, body: '<Error><Code>NoSuchBucketPolicy</Code></Error>' }
      : { body: '<x/>' },
  )
  expect(await inspectBucket(none.client, 'bucket')).toEqual({ public: false, warnings: [] })
  none.stop()
  const missing = await recorder(() => ({ status: 404, body: '<Error><Code>NoSuchBucket</Code></Error>' }))
  expect(await inspectBucket(missing.client, 'bucket')).toMatchObject({ missing: true })
  missing.stop()
})
