import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  PutBucketAclCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '#lib/testing/free-port.ts'
import { memoryFileKeys } from '#lib/testing/memory-file-keys.ts'
import {
  rgwIsHere,
  startTestRgw,
  type TestBucket,
  type TestRgw,
  testS3Client,
} from '#lib/testing/rgw-for-tests.ts'
import { isOutage } from '../db/is-outage.ts'
import { describeBlobStore } from './blobs/blob-store.conformance.ts'
import { EncryptedBlobStore } from './blobs/encrypted-blob-store.ts'
import { inspectBucket } from './blobs/inspect-bucket.ts'
import { S3BlobStore } from './blobs/s3-blob-store.ts'
import type { S3Location } from './blobs/s3-location.ts'
import { createStorage } from './create-storage.ts'
import { BlobPartStore } from './parts/blob-part-store.ts'
import { describePartStore } from './parts/part-store.conformance.ts'
import { createScratch } from './scratch.ts'

const TORTURE = process.env.ARRAYDROP_TORTURE === '1'
const PART = 16 * 1_024 * 1_024
let rgw: TestRgw

async function aStore() {
  const directory = await mkdtemp(path.join(tmpdir(), 'arraydrop-s3-'))
  const bucket = await rgw.createBucket()
  const scratch = createScratch(path.join(directory, 'scratch'))
  const store = new S3BlobStore(bucket.location, scratch, bucket.client)
  const encrypted = new EncryptedBlobStore(store, { keys: memoryFileKeys(), scratch, encrypt: true })
  return { ...bucket, store, encrypted, dispose: () => rm(directory, { recursive: true }) }
}

const unfinished = async ({ client, location }: TestBucket) =>
  (await client.send(new ListMultipartUploadsCommand({ Bucket: location.bucket }))).Uploads ?? []

async function* pieces(count: number, bytes: number, { failing = false } = {}) {
  // One buffer for all of them, as a store must expect.
  const piece = Buffer.alloc(bytes)
  for (let i = 0; i < count; i++) yield piece.fill(i + 1)
  if (failing) throw new Error('the phone went away')
}

if (!rgwIsHere()) test.skip('S3 storage against a real server: no radosgw here')
else {
  beforeAll(async () => {
    rgw = await startTestRgw()
  })
  afterAll(() => rgw?.stop())

  describeBlobStore('S3BlobStore', aStore)
  describe('with encryption at rest', { tags: 'torture' }, () =>
    describeBlobStore('EncryptedBlobStore on S3', async () => {
      const { encrypted, dispose } = await aStore()
      return { store: encrypted, dispose }
    }),
  )
  describePartStore('BlobPartStore on S3', async () => {
    const { store, dispose } = await aStore()
    return { open: (locker) => new BlobPartStore(store, locker), dispose }
  })

  describe('S3BlobStore', () => {
    test('An object larger than one request is stored in parts, whole', async () => {
      const subject = await aStore()
      const { size } = await subject.store.put('large.bin', pieces(37, 1_000_003))
      expect(size).toBe(37 * 1_000_003)
      expect(size).toBeGreaterThan(2 * PART)
      const { body } = await subject.store.read('large.bin')
      let at = 0
      for await (const chunk of body) {
        for (const offset of [0, chunk.length - 1]) {
          expect(chunk[offset]).toBe(Math.floor((at + offset) / 1_000_003) + 1)
        }
        at += chunk.length
      }
      expect(at).toBe(size)
      expect(await unfinished(subject)).toEqual([])
      await subject.dispose()
    })

    test('An object whose source breaks off after its first part leaves neither an object nor parts', async () => {
      const subject = await aStore()
      const broken = subject.store.put('broken.bin', pieces(20, 1_048_576, { failing: true }))
      await expect(broken).rejects.toThrow('the phone went away')
      await expect(subject.store.read('broken.bin')).rejects.toThrow('No stored object')
      expect(await unfinished(subject)).toEqual([])
      await subject.dispose()
    })

    test('Removing a prefix ends what is being written below it, and nothing beside it', async () => {
      const subject = await aStore()
      const { client, location } = subject
      const begin = (key: string) =>
        client.send(new CreateMultipartUploadCommand({ Bucket: location.bucket, Key: location.prefix + key }))
      await begin('samples/1/a.bin')
      await begin('samples/10/a.bin')
      await subject.store.remove('samples/1/')
      expect((await unfinished(subject)).map(({ Key }) => Key)).toEqual(['some/prefix/samples/10/a.bin'])
      async function* removedMeanwhile() {
        yield* pieces(17, 1_048_576)
        await subject.store.remove('samples/2/')
        yield* pieces(1, 1_000)
      }
      await expect(subject.store.put('samples/2/a.bin', removedMeanwhile())).rejects.toThrow()
      await expect(subject.store.read('samples/2/a.bin')).rejects.toThrow('No stored object')
      await subject.dispose()
    })

    test('More objects than a page are listed and removed', async () => {
      const { store, client, dispose } = await aStore()
      // A page of S3 has a thousand; the server makes shorter ones when it is asked for them.
      const pageOf = TORTURE ? 1_000 : 50
      client.middlewareStack.add(
        (next) => (args) => next({ ...args, input: { ...args.input, MaxKeys: pageOf } as typeof args.input }),
        { step: 'initialize' },
      )
      const keys = Array.from({ length: pageOf + 3 }, (_, i) => `many/${String(i).padStart(4, '0')}`)
      for (let at = 0; at < keys.length; at += 50) {
        await Promise.all(keys.slice(at, at + 50).map((key) => store.put(key, pieces(1, 1))))
      }
      const listed: string[] = []
      for await (const { key } of store.list('many/')) listed.push(key)
      expect(listed.sort()).toEqual(keys)
      await store.remove('many/')
      for await (const { key } of store.list('many/')) throw new Error(`There is still ${key}`)
      await dispose()
    })

    test('Two stores with prefixes of their own share a bucket and see nothing of each other', async () => {
      const { store, location, client, dispose } = await aStore()
      const other = new S3BlobStore({ ...location, prefix: 'some/' }, createScratch(tmpdir()), client)
      await store.put('a.bin', pieces(1, 10))
      await expect(other.read('a.bin')).rejects.toThrow('No stored object')
      await other.put('a.bin', pieces(1, 20))
      expect((await store.read('a.bin')).size).toBe(10)
      await dispose()
    })

    test('A public bucket is detected, and a warning is given for one that keeps versions', async () => {
      const { client, location, dispose } = await aStore()
      const Bucket = location.bucket
      expect(await inspectBucket(client, Bucket)).toEqual({ public: false, warnings: [] })
      const VersioningConfiguration = { Status: 'Enabled' as const }
      await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))
      expect((await inspectBucket(client, Bucket)).warnings.join()).toContain('old versions')
      await client.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }))
      expect((await inspectBucket(client, Bucket)).public).toBe(true)
      await dispose()
    })

    test('A bucket that is not there is named to the operator', async () => {
      const { location, client, dispose } = await aStore()
      const scratch = createScratch(tmpdir())
      const nowhere = new S3BlobStore({ ...location, bucket: 'not-there' }, scratch, client)
      await expect(nowhere.check()).rejects.toThrow('Files cannot be stored in s3://not-there/some/prefix/')
      await dispose()
    })

    test('At start, a bucket that is not there or is public is refused, unknown credentials too, and a store that is away is waited for', async () => {
      const { client, location, dispose } = await aStore()
      vi.stubEnv('AWS_ACCESS_KEY_ID', rgw.access.accessKeyId)
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', rgw.access.secretAccessKey)
      const stopping = new AbortController()
      const warn = vi.fn(() => stopping.abort())
      const start = (s3: S3Location, waitMs = 0) =>
        createStorage({
          ...{ env: { s3 }, log: { warn }, settle: true, waitMs },
          signal: stopping.signal,
        } as never)
      const absent = start({ ...location, bucket: 'not-there' })
      await expect(absent).rejects.toThrow('The bucket not-there does not exist: create it, private')
      const away = { ...location, endpoint: `http://127.0.0.1:${await freePort()}` }
      await expect(start(away)).rejects.toThrow('cannot be reached (ECONNREFUSED): check the endpoint')
      // A stop ends the waiting.
      await expect(start(away, 600_000)).rejects.toThrow('aborted')
      expect(warn).toHaveBeenCalledWith(expect.anything(), expect.stringContaining('cannot be reached yet'))
      await client.send(new PutBucketAclCommand({ Bucket: location.bucket, ACL: 'public-read' }))
      await expect(start(location)).rejects.toThrow('is public: anyone could read')
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'another')
      await expect(start(location)).rejects.toThrow('does not accept the credentials (SignatureDoesNotMatch)')
      vi.unstubAllEnvs()
      await dispose()
    })

    test('A presigned URL can be read by anyone who has it', async () => {
      const { presignedObject, dispose } = await aStore()
      const url = await presignedObject('reads/a_R1.fastq.gz', Buffer.from('reads'))
      expect(await (await fetch(url)).text()).toBe('reads')
      await dispose()
    })
  })

  describe('a store that fails', () => {
    /** Stands between a client and the store; every answer is as `act` wants it. */
    async function between(
      act: (n: number, url: string) => 'pass' | 'refuse' | 'cut' | 'overloaded',
    ): Promise<Awaited<ReturnType<typeof aStore>> & { faulty: S3BlobStore; stop(): void }> {
      const subject = await aStore()
      const { endpoint } = subject.location
      let n = 0
      const proxy = createServer((incoming, outgoing) => {
        const what = act(++n, `${incoming.method} ${incoming.url}`)
        if (what === 'refuse') return void incoming.socket.destroy()
        if (what === 'overloaded') return void outgoing.writeHead(503).end()
        const { method, url: asked, headers } = incoming
        const onward = request(`${endpoint}${asked}`, { method, headers, agent: false }, async (answer) => {
          const chunks: Buffer[] = []
          for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk)
          const bytes = Buffer.concat(chunks)
          outgoing.writeHead(answer.statusCode!, answer.headers)
          if (what !== 'cut') return void outgoing.end(bytes)
          outgoing.write(bytes.subarray(0, bytes.length >> 1), () => incoming.socket.destroy())
        })
        incoming.pipe(onward)
      })
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
      const there = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
      const client = testS3Client({ ...rgw.access, endpoint: there }, 2)
      const faulty = new S3BlobStore(subject.location, createScratch(tmpdir()), client)
      return { ...subject, faulty, stop: () => void proxy.close() }
    }

    test('A body that breaks off is resumed where it stopped', async () => {
      let cut = 0
      const { faulty, store, stop, dispose } = await between((_, what) =>
        what.startsWith('GET') && cut++ < 2 ? 'cut' : 'pass',
      )
      const bytes = randomBytes(300_000)
      await store.put(
        'a.bin',
        (async function* () {
          yield bytes
        })(),
      )
      const { body } = await faulty.read('a.bin')
      expect(Buffer.from(await new Response(body).arrayBuffer()).equals(bytes)).toBe(true)
      expect(cut).toBeGreaterThan(2)
      stop()
      await dispose()
    })

    test.each(['refuse', 'overloaded'] as const)(
      'One that answers nothing (%s) is an outage, for every operation',
      async (how) => {
        const { faulty, stop, dispose } = await between(() => how)
        const list = async () => {
          for await (const _ of faulty.list('')) return
        }
        for (const act of [
          () => faulty.put('a.bin', pieces(1, 10)),
          () => faulty.read('a.bin'),
          () => faulty.withLocalFile('a.bin', async () => 'used'),
          () => faulty.remove('a.bin'),
          () => faulty.remove('a/'),
          () => faulty.check(),
          list,
        ]) {
          const thrown = await act().then(
            () => undefined,
            (error: unknown) => error,
          )
          expect(isOutage(thrown), String(act)).toBe(true)
        }
        stop()
        await dispose()
      },
    )

    test('A part that cannot be looked at is an outage, and never one that is not there', async () => {
      const { faulty, stop, dispose } = await between(() => 'refuse')
      const { MemoryLocker } = await import('@tus/server')
      const parts = new BlobPartStore(faulty, new MemoryLocker())
      for (const act of [() => parts.tus.getUpload('a-part'), () => parts.offset('a-part')]) {
        const thrown = await act().then(
          () => undefined,
          (error: unknown) => error,
        )
        expect(isOutage(thrown)).toBe(true)
      }
      stop()
      await dispose()
    })
  })
}
