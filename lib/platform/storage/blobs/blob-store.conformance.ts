import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BlobNotFound, type BlobStore } from './blob-store.ts'

interface Subject {
  store: BlobStore
  dispose(): Promise<void>
}

/** What every `BlobStore` must do. Run it from the test file of each implementation. */
export function describeBlobStore(name: string, make: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject
    let store: BlobStore
    beforeAll(async () => {
      subject = await make()
      store = subject.store
    })
    afterAll(() => subject.dispose())

    test('An object is read back byte for byte, with the size and digest of what was written', async () => {
      for (const pieces of [
        [],
        [randomBytes(1)],
        [randomBytes(700_000), randomBytes(0), randomBytes(65_537)],
      ]) {
        const bytes = Buffer.concat(pieces)
        const stored = await store.put('round/trip.bin', chunksOf(pieces))
        expect(stored).toEqual({
          size: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
        })
        const { size, body } = await store.read('round/trip.bin')
        expect(size).toBe(bytes.length)
        expect(bytes.equals(await bytesOf(body))).toBe(true)
      }
    })

    test('A range is read without the rest, and `size` is still that of the whole object', async () => {
      const bytes = randomBytes(600_000)
      await store.put('range.bin', chunksOf([bytes]))
      for (const [start, end] of [
        [0, 1],
        [599_999, 600_000],
        [100_000, 500_001],
        [300, 300],
      ] as const) {
        const { size, body } = await store.read('range.bin', { start, end })
        expect(size).toBe(600_000)
        expect(bytes.subarray(start, end).equals(await bytesOf(body))).toBe(true)
      }
      await expect(store.read('range.bin', { start: 5, end: 600_001 })).rejects.toThrow(RangeError)
      await expect(store.read('range.bin', { start: 6, end: 5 })).rejects.toThrow(RangeError)
    })

    test('A second put replaces the first whole', async () => {
      await store.put('again.bin', chunksOf([Buffer.alloc(1_000, 'a')]))
      await store.put('again.bin', chunksOf([Buffer.from('b')]))
      expect(await textOf(store, 'again.bin')).toBe('b')
    })

    test('A put that fails leaves no part of the object, and says why', async () => {
      await expect(store.put('broken/new.bin', failingChunks())).rejects.toThrow('the phone went away')
      await expect(store.read('broken/new.bin')).rejects.toThrow(BlobNotFound)
      await store.put('broken/old.bin', chunksOf([Buffer.from('old')]))
      await expect(store.put('broken/old.bin', failingChunks())).rejects.toThrow('the phone went away')
      expect(await textOf(store, 'broken/old.bin')).toBe('old')
      expect(await keysBelow(store, 'broken/')).toEqual(['broken/old.bin'])
    })

    test('What was never stored, or was removed, is not found', async () => {
      await expect(store.read('no/such.bin')).rejects.toThrow(BlobNotFound)
      await expect(store.withLocalFile('no/such.bin', async () => 'used')).rejects.toThrow(BlobNotFound)
      await store.put('gone.bin', chunksOf([Buffer.from('x')]))
      await store.remove('gone.bin')
      await store.remove('gone.bin')
      await expect(store.read('gone.bin')).rejects.toThrow(BlobNotFound)
    })

    test('Removing a prefix removes all below it and nothing beside it', async () => {
      for (const key of ['s/1/a.bin', 's/1/deep/b.bin', 's/10/c.bin', 's/2/d.bin']) {
        await store.put(key, chunksOf([Buffer.from(key)]))
      }
      await store.remove('s/1/')
      await store.remove('s/1/')
      expect(await keysBelow(store, 's/')).toEqual(['s/10/c.bin', 's/2/d.bin'])
    })

    test('A list names every object below a prefix once, with its size and time', async () => {
      for (const key of ['l/a.bin', 'l/b/c.bin', 'l/b/d/e.bin'])
        await store.put(key, chunksOf([Buffer.from(key)]))
      expect(await keysBelow(store, 'l/')).toEqual(['l/a.bin', 'l/b/c.bin', 'l/b/d/e.bin'])
      expect(await keysBelow(store, 'l/nothing/')).toEqual([])
      expect(await keysBelow(store, '')).toEqual(expect.arrayContaining(['l/a.bin', 'l/b/d/e.bin']))
      for await (const { key, size, modified } of store.list('l/')) {
        expect(size).toBe(key.length)
        expect(Math.abs(Date.now() - modified.getTime())).toBeLessThan(60_000)
      }
    })

    test('A local file holds the object while it is used', async () => {
      await store.put('local.bin', chunksOf([Buffer.from('on disk')]))
      const text = await store.withLocalFile('local.bin', (file) => readFile(file, 'utf8'))
      expect(text).toBe('on disk')
    })

    test('A key that could lead elsewhere is refused by every operation', async () => {
      const bad = [
        '',
        '/',
        '../x',
        'a/../b',
        '/etc/passwd',
        'a//b',
        'a/./b',
        '.hidden',
        'A.bin',
        'a\0b',
        'a\\b',
        'a b',
      ]
      for (const key of [...bad, 'x'.repeat(600)]) {
        await expect(store.put(key, chunksOf([])), key).rejects.toThrow(TypeError)
        await expect(store.read(key), key).rejects.toThrow(TypeError)
        await expect(store.remove(key), key).rejects.toThrow(TypeError)
        await expect(
          store.withLocalFile(key, async () => 'used'),
          key,
        ).rejects.toThrow(TypeError)
      }
      for (const prefix of ['../', '/', 'a/../', 'a']) {
        await expect(keysBelow(store, prefix), prefix).rejects.toThrow(TypeError)
      }
    })

    test('Objects that are written at the same moment do not mix', async () => {
      const writes = Array.from({ length: 12 }, (_, i) => {
        return store.put('race/same.bin', chunksOf([Buffer.alloc(50_000, i), Buffer.alloc(50_000, i)]))
      })
      await Promise.all(writes)
      const { body } = await store.read('race/same.bin')
      const bytes = await bytesOf(body)
      expect(bytes.length).toBe(100_000)
      expect(new Set(bytes).size).toBe(1)
    })

    test('A reader that turns away early leaves the object whole', async () => {
      await store.put('early.bin', chunksOf([randomBytes(2_000_000)]))
      const { body } = await store.read('early.bin')
      const reader = body.getReader()
      expect((await reader.read()).done).toBe(false)
      await reader.cancel()
      expect((await store.read('early.bin')).size).toBe(2_000_000)
    })

    test('A working store passes its own check and keeps nothing of it', async () => {
      const before = await keysBelow(store, '')
      await store.check()
      expect(await keysBelow(store, '')).toEqual(before)
    })
  })
}

async function* chunksOf(pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}

async function* failingChunks(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(100_000)
  throw new Error('the phone went away')
}

async function keysBelow(store: BlobStore, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of store.list(prefix)) keys.push(key)
  return keys.sort()
}

async function bytesOf(body: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.from(await new Response(body).arrayBuffer())
}

async function textOf(store: BlobStore, key: string): Promise<string> {
  return (await bytesOf((await store.read(key)).body)).toString()
}
