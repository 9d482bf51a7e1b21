import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { describeBlobStore } from './blob-store.conformance.ts'
import { DiskBlobStore } from './disk-blob-store.ts'

async function aStore() {
  const scratch = await mkdtemp(path.join(tmpdir(), 'arraydrop-blobs-'))
  const directory = path.join(scratch, 'data', 'files')
  const store = new DiskBlobStore(directory)
  return { store, directory, dispose: () => rm(scratch, { recursive: true }) }
}

describeBlobStore('DiskBlobStore', aStore)

async function* oneChunk() {
  yield Buffer.from('bytes')
}

test('A start sweeps what a dead process left unfinished, and spares what is being written', async () => {
  const { store, directory, dispose } = await aStore()
  const aside = path.join(directory, '.unfinished')
  await mkdir(aside, { recursive: true })
  await writeFile(path.join(aside, 'old'), 'left behind')
  await writeFile(path.join(aside, 'new'), 'being written')
  const twoHoursAgo = Date.now() / 1_000 - 7_200
  await utimes(path.join(aside, 'old'), twoHoursAgo, twoHoursAgo)
  await store.put('first.bin', oneChunk())
  expect(await readdir(aside)).toEqual(['new'])
  await dispose()
})

test('What is being written below a prefix goes with the prefix, and is not stored afterwards', async () => {
  const { store, directory, dispose } = await aStore()
  const aside = path.join(directory, '.unfinished')
  await store.put('samples/b/first.bin', oneChunk())
  async function* removedMeanwhile() {
    yield Buffer.from('bytes')
    expect(await readdir(aside)).toHaveLength(1)
    await store.remove('samples/b/')
    expect(await readdir(aside)).toHaveLength(1)
    await store.remove('samples/a/')
    expect(await readdir(aside)).toEqual([])
    yield Buffer.from('more')
  }
  await expect(store.put('samples/a/late.bin', removedMeanwhile())).rejects.toThrow()
  for await (const { key } of store.list('')) throw new Error(`There is still ${key}`)
  const long = `samples/a/${'x'.repeat(200)}/${'y'.repeat(200)}`
  await store.put(long, oneChunk())
  expect((await store.read(long)).size).toBe(5)
  await dispose()
})

test('A stored object is readable by nobody else', async () => {
  const { store, directory, dispose } = await aStore()
  await store.put('samples/a.zip', oneChunk())
  expect((await stat(path.join(directory, 'samples/a.zip'))).mode & 0o777).toBe(0o600)
  await dispose()
})

test('A put that cannot take its place rejects and leaves nothing aside', async () => {
  const { store, directory, dispose } = await aStore()
  await mkdir(path.join(directory, 'taken.bin', 'below'), { recursive: true })
  await expect(store.put('taken.bin', oneChunk())).rejects.toThrow()
  expect(await readdir(path.join(directory, '.unfinished'))).toEqual([])
  await dispose()
})

test('A store whose directory went away says so in words for the operator', async () => {
  const { store, directory, dispose } = await aStore()
  await store.check()
  await rm(directory, { recursive: true })
  await expect(store.check()).rejects.toThrow('Files cannot be stored under DATA_DIR')
  await dispose()
})
