import { Readable } from 'node:stream'
import { MemoryLocker } from '@tus/server'
import { type Locker, Upload } from '@tus/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PartStore } from './part-store.ts'

interface Subject {
  /** Another process's view of the same parts. */
  open(locker: Locker): PartStore
  dispose(): Promise<void>
}

const SAMPLE = '0d9f2a54-5c1c-4d65-a3fd-6a43a0a7a001'

/** What every `PartStore` must do. Run it from the test file of each implementation. */
export function describePartStore(name: string, make: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject
    let parts: PartStore
    let made = 0
    beforeAll(async () => {
      subject = await make()
      parts = subject.open(new MemoryLocker())
    })
    afterAll(() => subject.dispose())

    const freshId = () => `${SAMPLE}-${String(++made).padStart(32, '0')}`
    const create = (id: string, size = 10) =>
      parts.tus.create(new Upload({ id, size, offset: 0, metadata: { sha256: 'd' } }))
    const write = (id: string, offset: number, ...pieces: Uint8Array[]) =>
      parts.tus.write(Readable.from(pieces), id, offset)
    const listed = async () => {
      const ids: string[] = []
      for await (const { id } of parts.list()) ids.push(id)
      return ids.sort()
    }

    test('A part resumes where it stopped, also in another process', async () => {
      const id = freshId()
      await create(id)
      expect(await parts.offset(id)).toBe(0)
      expect(await write(id, 0, Buffer.from('01234'))).toBe(5)
      const other = subject.open(new MemoryLocker())
      expect(await other.offset(id)).toBe(5)
      expect(await other.tus.getUpload(id)).toMatchObject({
        id,
        size: 10,
        offset: 5,
        metadata: { sha256: 'd' },
      })
      expect(await other.tus.write(Readable.from([Buffer.from('56789')]), id, 5)).toBe(10)
      expect((await contentOf(parts, id)).toString()).toBe('0123456789')
      expect(await parts.offset(id)).toBe(10)
    })

    test('What is read in pieces is the part, byte for byte', async () => {
      const id = freshId()
      const bytes = Buffer.from(Array.from({ length: 2_500_001 }, (_, i) => i % 251))
      await create(id, bytes.length)
      await write(id, 0, bytes.subarray(0, 70_001), bytes.subarray(70_001, 1_048_576))
      await write(id, 1_048_576, bytes.subarray(1_048_576))
      const pieces: Uint8Array[] = []
      for await (const piece of await parts.read(id)) pieces.push(piece.slice())
      expect(pieces.length).toBeGreaterThan(1)
      expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
    })

    test('A length given later is kept from then on', async () => {
      const id = freshId()
      expect(parts.tus.hasExtension('creation-defer-length')).toBe(true)
      await parts.tus.create(new Upload({ id, offset: 0 }))
      expect((await parts.tus.getUpload(id)).sizeIsDeferred).toBe(true)
      await write(id, 0, Buffer.from('0123'))
      await parts.tus.declareUploadLength(id, 7)
      expect(await parts.tus.getUpload(id)).toMatchObject({ size: 7, offset: 4 })
    })

    test('A removed part is gone with everything beside it, and removing it twice is no error', async () => {
      const id = freshId()
      await create(id)
      await write(id, 0, Buffer.from('0123'))
      expect(await listed()).toContain(id)
      await parts.remove(id)
      await parts.remove(id)
      expect(await listed()).not.toContain(id)
      expect(await parts.offset(id)).toBeUndefined()
      await expect(parts.read(id)).rejects.toThrow('no such part')
      await expect(parts.tus.getUpload(id)).rejects.toMatchObject({ status_code: 404 })
    })

    test('The tus server removes a part that is given up, and knows it no more', async () => {
      const id = freshId()
      await create(id)
      await write(id, 0, Buffer.from('0123'))
      await parts.tus.remove(id)
      expect(await parts.offset(id)).toBeUndefined()
      await expect(parts.tus.remove(id)).rejects.toMatchObject({ status_code: 404 })
    })

    test('The sweeper sees every part once, with the time of its last write', async () => {
      const ids = [freshId(), freshId()]
      for (const id of ids) await create(id)
      await write(ids[0]!, 0, Buffer.from('0123'))
      const all = await listed()
      for (const id of ids) expect(all.filter((one) => one === id)).toEqual([id])
      for await (const { modified } of parts.list()) {
        expect(Math.abs(Date.now() - modified.getTime())).toBeLessThan(60_000)
      }
    })

    test('An id that is taken is not handed out again, and none can lead elsewhere', async () => {
      const id = freshId()
      await create(id)
      await write(id, 0, Buffer.from('01234'))
      await expect(create(id)).rejects.toThrow('EEXIST')
      expect((await contentOf(parts, id)).toString()).toBe('01234')
      for (const bad of ['../x', 'a/b', '.x', 'a.json', '', 'x'.repeat(200), 'a\0']) {
        await expect(create(bad || '.')).rejects.toThrow('Not an id')
        await expect(parts.tus.getUpload(bad)).rejects.toMatchObject({ status_code: 404 })
        expect(await parts.offset(bad)).toBeUndefined()
        await expect(parts.remove(bad)).resolves.toBeUndefined()
      }
    })

    test('The lock of a part is exclusive, and is released after a failure too', async () => {
      const order: string[] = []
      const { promise, resolve } = Promise.withResolvers<void>()
      const first = parts.withPartLock('a-part', async () => {
        await promise
        order.push('first')
        throw new Error('no luck')
      })
      const second = parts.withPartLock('a-part', async () => order.push('second'))
      resolve()
      await expect(first).rejects.toThrow('no luck')
      await second
      expect(order).toEqual(['first', 'second'])
    })

    test('A lock that is not to be had is an Error that can be logged', async () => {
      const busy = subject.open(new MemoryLocker({ acquireLockTimeout: 1 }))
      await busy.withPartLock('a-part', async () => {
        await expect(busy.withPartLock('a-part', async () => 'in')).rejects.toThrow('does not let go')
      })
    })
  })
}

async function contentOf(parts: PartStore, id: string): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of await parts.read(id)) pieces.push(piece.slice())
  return Buffer.concat(pieces)
}
