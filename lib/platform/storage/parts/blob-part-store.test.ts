import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { MemoryLocker } from '@tus/server'
import { Upload } from '@tus/utils'
import { expect, test } from 'vitest'
import { memoryFileKeys } from '#lib/testing/memory-file-keys.ts'
import { DiskBlobStore } from '../blobs/disk-blob-store.ts'
import { EncryptedBlobStore } from '../blobs/encrypted-blob-store.ts'
import { createScratch } from '../scratch.ts'
import { BlobPartStore } from './blob-part-store.ts'
import { DiskPartStore } from './disk-part-store.ts'
import { moveParts } from './move-parts.ts'
import { describePartStore } from './part-store.conformance.ts'
import type { PartStore } from './part-store.ts'

const ID = '0d9f2a54-5c1c-4d65-a3fd-6a43a0a7a001-0001'

async function stores() {
  const directory = await mkdtemp(path.join(tmpdir(), 'arraydrop-parts-'))
  const plain = new DiskBlobStore(path.join(directory, 'files'))
  const scratch = createScratch(path.join(directory, 'scratch'))
  const encrypted = new EncryptedBlobStore(plain, { keys: memoryFileKeys(), scratch, encrypt: true })
  return { directory, plain, encrypted, dispose: () => rm(directory, { recursive: true }) }
}

describePartStore('BlobPartStore on disk', async () => {
  const { plain, dispose } = await stores()
  return { open: (locker) => new BlobPartStore(plain, locker), dispose }
})
describePartStore('BlobPartStore, encrypted on disk', async () => {
  const { encrypted, dispose } = await stores()
  return { open: (locker) => new BlobPartStore(encrypted, locker), dispose }
})

const write = (parts: PartStore, offset: number, ...pieces: Uint8Array[]) =>
  parts.tus.write(Readable.from(pieces), ID, offset)

async function begin(parts: PartStore, size: number): Promise<PartStore> {
  await parts.tus.create(new Upload({ id: ID, size, offset: 0, metadata: { sha256: 'd' } }))
  return parts
}

async function contentOf(parts: PartStore): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of await parts.read(ID)) pieces.push(piece.slice())
  return Buffer.concat(pieces).toString()
}

test('What had arrived when a connection broke is kept', async () => {
  const { plain, dispose } = await stores()
  const parts = await begin(new BlobPartStore(plain, new MemoryLocker()), 10)
  async function* breaking() {
    yield Buffer.from('0123')
    throw new Error('the phone went away')
  }
  await expect(parts.tus.write(Readable.from(breaking()), ID, 0)).rejects.toThrow('the phone went away')
  expect(await parts.offset(ID)).toBe(4)
  await dispose()
})

test('A writer that comes too late leaves a part that goes on, from where its pieces still join', async () => {
  const { plain, dispose } = await stores()
  const parts = await begin(new BlobPartStore(plain, new MemoryLocker()), 12)
  await write(parts, 0, Buffer.from('0123'))
  await write(parts, 4, Buffer.from('4567'))
  await write(parts, 8, Buffer.from('89'))
  // The same place again, with less than before: what follows does not join any more.
  await write(parts, 4, Buffer.from('45'))
  expect(await parts.offset(ID)).toBe(6)
  await write(parts, 6, Buffer.from('67'))
  expect(await parts.offset(ID)).toBe(10)
  await write(parts, 10, Buffer.from('ab'))
  expect(await contentOf(parts)).toBe('0123456789ab')
  await dispose()
})

test('Unfinished uploads move to another store whole, once, and in whatever state they are', async () => {
  const { plain, encrypted, directory, dispose } = await stores()
  const locker = new MemoryLocker()
  const onDisk = await begin(new DiskPartStore(path.join(directory, 'parts'), locker), 10)
  await write(onDisk, 0, Buffer.from('01234'))
  const inBlobs = new BlobPartStore(encrypted, locker)
  // What a move that was cut off left there.
  await begin(inBlobs, 10)
  await write(inBlobs, 0, Buffer.from('01'))
  expect(await moveParts(onDisk, inBlobs)).toBe(1)
  expect(await moveParts(onDisk, inBlobs)).toBe(0)
  expect(await onDisk.offset(ID)).toBeUndefined()
  expect(await inBlobs.tus.getUpload(ID)).toMatchObject({ size: 10, offset: 5, metadata: { sha256: 'd' } })
  await write(inBlobs, 5, Buffer.from('56789'))
  expect(await moveParts(inBlobs, onDisk)).toBe(1)
  expect(await contentOf(onDisk)).toBe('0123456789')
  for await (const { key } of plain.list('')) throw new Error(`There is still ${key}`)
  await dispose()
})
