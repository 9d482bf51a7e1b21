import { mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { MemoryLocker } from '@tus/server'
import { Upload } from '@tus/utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DiskPartStore } from './disk-part-store.ts'
import { describePartStore } from './part-store.conformance.ts'

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

describePartStore('DiskPartStore', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-parts-'))
  return {
    open: (locker) => new DiskPartStore(path.join(folder, 'parts'), locker),
    dispose: () => rm(folder, { recursive: true }),
  }
})

const create = (id = ID) =>
  parts.tus.create(new Upload({ id, size: 10, offset: 0, metadata: { digest: 'd' } }))

async function listed(): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of parts.list()) ids.push(id)
  return ids.sort()
}

test('Neither a part nor its note is readable by other users', async () => {
  await create()
  const names = await readdir(directory)
  expect(names.sort()).toEqual([ID, `${ID}.json`])
  for (const name of names) expect((await stat(path.join(directory, name))).mode & 0o777).toBe(0o600)
})

test('A removed part leaves no file behind', async () => {
  await create()
  await parts.remove(ID)
  expect(await readdir(directory)).toEqual([])
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

test('A note that a power cut tore makes the upload unknown instead of failing every request', async () => {
  await create()
  await truncate(path.join(directory, `${ID}.json`), 7)
  await expect(parts.tus.getUpload(ID)).rejects.toMatchObject({ status_code: 404 })
})

test('A broken connection loses nothing of what has arrived: the part resumes after it', async () => {
  await create()
  const bytes = Buffer.from(Array.from({ length: 700_001 }, (_, i) => i % 251))
  async function* broken() {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
    throw new Error('the line is gone')
  }
  await expect(parts.tus.write(Readable.from(broken()), ID, 0)).rejects.toMatchObject({ status_code: 500 })
  expect(await parts.offset(ID)).toBe(bytes.length)
  const rest = Buffer.from('and the rest')
  expect(await parts.tus.write(Readable.from([rest]), ID, bytes.length)).toBe(bytes.length + rest.length)
  const pieces: Uint8Array[] = []
  for await (const piece of await parts.read(ID)) pieces.push(piece.slice())
  expect(Buffer.concat(pieces).equals(Buffer.concat([bytes, rest]))).toBe(true)
})
