import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Decrypter } from 'age-encryption'
import { describe, expect, test } from 'vitest'
import { memoryFileKeys } from '#lib/testing/memory-file-keys.ts'
import { createScratch } from '../scratch.ts'
import { describeBlobStore } from './blob-store.conformance.ts'
import { BlobNotFound, type BlobStore } from './blob-store.ts'
import { DiskBlobStore } from './disk-blob-store.ts'
import { EncryptedBlobStore } from './encrypted-blob-store.ts'

const SAMPLE = '0d9f2a54-5c1c-4d65-a3fd-6a43a0a7a001'
const OTHER = '1d9f2a54-5c1c-4d65-a3fd-6a43a0a7a002'
const ageIsHere = spawnSync('age', ['--version']).status === 0

async function aStore() {
  const directory = await mkdtemp(path.join(tmpdir(), 'arraydrop-encrypted-'))
  const inner = new DiskBlobStore(path.join(directory, 'files'))
  const keys = memoryFileKeys()
  const scratch = createScratch(path.join(directory, 'scratch'))
  const store = new EncryptedBlobStore(inner, { keys, scratch, encrypt: true })
  const plain = new EncryptedBlobStore(inner, { keys, scratch, encrypt: false })
  return { directory, inner, keys, store, plain, dispose: () => rm(directory, { recursive: true }) }
}

describeBlobStore('EncryptedBlobStore on disk', aStore)
describeBlobStore('EncryptedBlobStore with encryption switched off again', async () => {
  const { plain, dispose } = await aStore()
  return { store: plain, dispose }
})
async function* oneChunk(bytes: Uint8Array) {
  yield bytes
}

const bytesOf = async (store: BlobStore, key: string, range?: { start: number; end: number }) =>
  Buffer.from(await new Response((await store.read(key, range)).body).arrayBuffer())

/** Files below a directory that hold this text. */
async function filesWith(directory: string, text: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    if (entry.isFile() && (await readFile(file)).includes(text)) found.push(file)
  }
  return found
}

describe('an encrypted object', () => {
  test('is read at every border of its chunks, whole and in ranges', async () => {
    const { store, dispose } = await aStore()
    for (const size of [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]) {
      const bytes = randomBytes(size)
      await store.put(`samples/${SAMPLE}/borders.bin`, oneChunk(bytes))
      expect((await bytesOf(store, `samples/${SAMPLE}/borders.bin`)).equals(bytes)).toBe(true)
      const borders = [0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, size - 1, size]
      const valid = borders.filter((at) => at >= 0 && at <= size)
      for (const start of valid) {
        for (const end of valid.filter((at) => at >= start)) {
          const read = await bytesOf(store, `samples/${SAMPLE}/borders.bin`, { start, end })
          expect(read.equals(bytes.subarray(start, end)), `${start}-${end} of ${size}`).toBe(true)
        }
      }
      for await (const listed of store.list(`samples/${SAMPLE}/`)) expect(listed.size).toBe(size)
    }
    await dispose()
  })

  test('leaves no byte of the file on the disk, not even while it is used, but for its own folder', async () => {
    const { store, directory, dispose } = await aStore()
    const marker = `rs4477212\t1\t82154\tAA ${randomBytes(8).toString('hex')}`
    const key = `samples/${SAMPLE}/original.zip`
    await store.put(key, oneChunk(Buffer.from(`${marker}\n`.repeat(5_000))))
    expect(await filesWith(directory, marker)).toEqual([])
    await store.withLocalFile(key, async (file) => {
      expect(await filesWith(directory, marker)).toEqual([file])
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700)
    })
    expect(await filesWith(directory, marker)).toEqual([])
    await dispose()
  })

  test('is an age file: the library reads it, and so does age itself', async () => {
    const { store, directory, keys, dispose } = await aStore()
    const identity = await keys.findOrMake(SAMPLE)
    for (const size of [0, 10, 65_536, 150_000]) {
      const bytes = randomBytes(size)
      await store.put(`samples/${SAMPLE}/a.bin`, oneChunk(bytes))
      const file = path.join(directory, `files/samples/${SAMPLE}/a.bin.age`)
      const decrypter = new Decrypter()
      decrypter.addIdentity(identity)
      expect(Buffer.from(await decrypter.decrypt(new Uint8Array(await readFile(file)))).equals(bytes)).toBe(
        true,
      )
      if (!ageIsHere) continue
      const key = path.join(directory, 'identity.txt')
      await writeFile(key, `${identity}\n`, { mode: 0o600 })
      expect(execFileSync('age', ['--decrypt', '-i', key, file]).equals(bytes)).toBe(true)
    }
    await dispose()
  })

  test('that was changed, cut off or lengthened is not given out', async () => {
    const { store, directory, dispose } = await aStore()
    const key = `samples/${SAMPLE}/a.bin`
    const file = path.join(directory, `files/${key}.age`)
    await store.put(key, oneChunk(randomBytes(150_000)))
    const whole = await readFile(file)
    const changed = (at: number) => {
      const copy = Buffer.from(whole)
      copy[at]! ^= 1
      return copy
    }
    const damaged = [
      changed(60),
      changed(175),
      changed(300),
      changed(whole.length - 1),
      whole.subarray(0, 100),
      whole.subarray(0, 184),
      whole.subarray(0, 184 + 65_552),
      whole.subarray(0, 184 + 2 * 65_552),
      whole.subarray(0, -1),
      Buffer.concat([whole, Buffer.alloc(1)]),
    ]
    for (const bytes of damaged) {
      await writeFile(file, bytes)
      await expect(bytesOf(store, key)).rejects.toThrow()
    }
    await dispose()
  })

  test('cannot be read any more once its sample is removed, wherever a copy of it is; others can', async () => {
    const { store, directory, inner, dispose } = await aStore()
    for (const sample of [SAMPLE, OTHER]) {
      await store.put(`samples/${sample}/a.bin`, oneChunk(Buffer.from('genotypes')))
    }
    const copy = await readFile(path.join(directory, `files/samples/${SAMPLE}/a.bin.age`))
    await store.remove(`samples/${SAMPLE}/`)
    await inner.put(`samples/${SAMPLE}/a.bin.age`, oneChunk(copy))
    await expect(store.read(`samples/${SAMPLE}/a.bin`)).rejects.toThrow(BlobNotFound)
    expect((await bytesOf(store, `samples/${OTHER}/a.bin`)).toString()).toBe('genotypes')
    await dispose()
  })

  test('Removing less than a whole sample keeps its key', async () => {
    const { store, dispose } = await aStore()
    for (const name of ['runs/1/a.bin', 'original.zip']) {
      await store.put(`samples/${SAMPLE}/${name}`, oneChunk(Buffer.from('genotypes')))
    }
    await store.remove(`samples/${SAMPLE}/runs/1/`)
    expect((await bytesOf(store, `samples/${SAMPLE}/original.zip`)).toString()).toBe('genotypes')
    await dispose()
  })
})

describe('switching encryption on and off', () => {
  test('keeps what was stored before readable, and lists every object once', async () => {
    const { store, inner, plain, directory, dispose } = await aStore()
    const key = `samples/${SAMPLE}/old.bin`
    await inner.put(key, oneChunk(Buffer.from('from before')))
    expect((await bytesOf(store, key)).toString()).toBe('from before')
    expect(await store.withLocalFile(key, (file) => readFile(file, 'utf8'))).toBe('from before')
    await store.put(`samples/${SAMPLE}/new.bin`, oneChunk(Buffer.from('encrypted')))
    expect((await bytesOf(plain, `samples/${SAMPLE}/new.bin`)).toString()).toBe('encrypted')
    const listed: string[] = []
    for await (const object of store.list('samples/')) listed.push(object.key)
    expect(listed.sort()).toEqual([`samples/${SAMPLE}/new.bin`, key])
    await store.put(key, oneChunk(Buffer.from('written again')))
    expect(await filesWith(directory, 'from before')).toEqual([])
    expect((await bytesOf(store, key)).toString()).toBe('written again')
    await plain.put(key, oneChunk(Buffer.from('in plain')))
    expect((await bytesOf(store, key)).toString()).toBe('in plain')
    await dispose()
  })
})
