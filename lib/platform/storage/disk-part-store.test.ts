import { mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { MemoryLocker } from '@tus/server'
import { Upload } from '@tus/utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DiskPartStore } from './disk-part-store.ts'

const ID = '0d9f2a54-5c1c-4d65-a3fd-6a43a0a7a001-Xk_9-2'
let scratch: string
let directory: string
let parts: DiskPartStore

beforeEach(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'arraydrop-parts-'))
  directory = path.join(scratch, 'data', 'parts')
  parts = new DiskPartStore(directory, new MemoryLocker())
})
afterEach(() => rm(scratch, { recursive: true }))

const create = (id = ID) =>
  parts.tus.create(new Upload({ id, size: 10, offset: 0, metadata: { digest: 'd' } }))

async function listed(): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of parts.list()) ids.push(id)
  return ids.sort()
}

async function contentOf(id: string): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of await parts.read(id)) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

test('A part goes on where it stopped, also in a process that starts later', async () => {
  await create()
  expect(await parts.offset(ID)).toBe(0)
  expect(await parts.tus.write(Readable.from([Buffer.from('01234')]), ID, 0)).toBe(5)
  const later = new DiskPartStore(directory, new MemoryLocker())
  expect(await later.offset(ID)).toBe(5)
  expect(await later.tus.getUpload(ID)).toMatchObject({
    id: ID,
    size: 10,
    offset: 5,
    metadata: { digest: 'd' },
  })
  expect(await later.tus.write(Readable.from([Buffer.from('56789')]), ID, 5)).toBe(10)
  expect(await contentOf(ID)).toBe('0123456789')
})

test('What is read in pieces is the part, byte for byte', async () => {
  await create()
  const bytes = Buffer.from(Array.from({ length: 2_500_001 }, (_, i) => i % 251))
  await parts.tus.write(Readable.from([bytes]), ID, 0)
  const pieces: Uint8Array[] = []
  for await (const piece of await parts.read(ID)) pieces.push(piece.slice())
  expect(pieces.length).toBeGreaterThan(1)
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
})

test('Neither a part nor its note is readable by anybody else', async () => {
  await create()
  const names = await readdir(directory)
  expect(names.sort()).toEqual([ID, `${ID}.json`])
  for (const name of names) expect((await stat(path.join(directory, name))).mode & 0o777).toBe(0o600)
})

test('A removed part is gone with everything beside it, and removing it twice is no error', async () => {
  await create()
  await parts.remove(ID)
  await parts.remove(ID)
  expect(await readdir(directory)).toEqual([])
  expect(await parts.offset(ID)).toBeUndefined()
  await expect(parts.read(ID)).rejects.toThrow('no such part')
  await expect(parts.tus.getUpload(ID)).rejects.toMatchObject({ status_code: 404 })
})

test('The sweeper sees every part with the time of its last write, and leftovers of a removal that was cut off', async () => {
  await create()
  await create('other-1')
  const written = new Date('2026-01-02T03:04:05Z')
  for (const name of ['other-1', 'other-1.json']) await utimes(path.join(directory, name), written, written)
  await writeFile(path.join(directory, 'only-a-note-1.json'), '{}')
  await writeFile(path.join(directory, 'not ours.txt'), '')
  expect(await listed()).toEqual([ID, 'only-a-note-1', 'other-1'].sort())
  for await (const { id, modified } of parts.list()) if (id === 'other-1') expect(modified).toEqual(written)
  await parts.remove('only-a-note-1')
  expect(await listed()).toEqual([ID, 'other-1'])
})

test('An id that is taken is not handed out again, and none can lead out of the directory', async () => {
  await create()
  await parts.tus.write(Readable.from([Buffer.from('01234')]), ID, 0)
  await expect(create()).rejects.toThrow('EEXIST')
  expect(await contentOf(ID)).toBe('01234')
  for (const id of ['../x', 'a/b', '.x', 'a.json', '', 'x'.repeat(200), 'a\0']) {
    await expect(create(id || '.')).rejects.toThrow('Not an id')
    await expect(parts.tus.getUpload(id)).rejects.toMatchObject({ status_code: 404 })
    expect(await parts.offset(id)).toBeUndefined()
    await expect(parts.remove(id)).resolves.toBeUndefined()
  }
})

test('A note that a power cut tore makes the upload unknown instead of failing every request', async () => {
  await create()
  await truncate(path.join(directory, `${ID}.json`), 7)
  await expect(parts.tus.getUpload(ID)).rejects.toMatchObject({ status_code: 404 })
})

test('Whoever has a part exclusively is alone with it, and lets go also after a failure', async () => {
  const order: string[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const first = parts.exclusively(ID, async () => {
    await promise
    order.push('first')
    throw new Error('no luck')
  })
  const second = parts.exclusively(ID, async () => order.push('second'))
  resolve()
  await expect(first).rejects.toThrow('no luck')
  await second
  expect(order).toEqual(['first', 'second'])
})

test('A lock that is not to be had is an Error that can be logged', async () => {
  const busy = new DiskPartStore(directory, new MemoryLocker({ acquireLockTimeout: 1 }))
  await busy.exclusively(ID, async () => {
    await expect(busy.exclusively(ID, async () => 'in')).rejects.toThrow('does not let go')
  })
})
