import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readDeliverable, storeDeliverable } from './pack-deliverable.ts'

const bim = { fileType: 'plink-bim', place: 'samples/s/s.bim' }

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await nextTurn()
}

/** Says when it is closed. */
async function* source(pieces: number, closed = () => {}): AsyncGenerator<Uint8Array, void, void> {
  try {
    for (let n = 0; n < pieces; n++) yield new Uint8Array(100_000).fill(n)
    throw new Error('the run was lost')
  } finally {
    closed()
  }
}

// An error that nobody listens to would end the process; Vitest reports it as a failure.
test('a source that fails before the store reads from it fails the store, and nothing else', async () => {
  const put = async (_key: string, chunks: AsyncIterable<Uint8Array>) => {
    await turns()
    for await (const _ of chunks);
    return { size: 0, sha256: '' }
  }
  await expect(storeDeliverable({ put }, bim, source(1))).rejects.toThrow('the run was lost')
})

test('a store that fails half-way closes the source', async () => {
  const put = async (_key: string, chunks: AsyncIterable<Uint8Array>) => {
    for await (const _ of chunks) throw new Error('the disk is full')
    return { size: 0, sha256: '' }
  }
  const { promise: isClosed, resolve: closed } = Promise.withResolvers<void>()
  await expect(storeDeliverable({ put }, bim, source(100, closed))).rejects.toThrow('the disk is full')
  await isClosed
})

test('a packed file is not opened before somebody reads it: a client may be gone by then', async () => {
  let opened = false
  const stored = new ReadableStream<Uint8Array>(
    {
      pull() {
        opened = true
      },
    },
    { highWaterMark: 0 },
  )
  const body = await readDeliverable(
    { read: async () => ({ size: 1, body: stored }) },
    { storageKey: 'samples/s/s.bim.gz', name: 's.bim' },
  )
  await turns()
  expect(opened).toBe(false)
  await body.cancel()
})
