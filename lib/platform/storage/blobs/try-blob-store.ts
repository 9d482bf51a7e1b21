import { randomUUID } from 'node:crypto'
import type { BlobStore } from './blob-store.ts'

/** Write, read and remove one object right now, and leave nothing of it. Rejects with the first failure. */
export async function tryBlobStore(store: BlobStore): Promise<void> {
  const key = `health/${randomUUID()}`
  try {
    await store.put(key, oneChunk(new TextEncoder().encode(key)))
    const { body } = await store.read(key)
    if ((await new Response(body).text()) !== key) throw new Error('what was read is not what was written')
    await store.remove(key)
  } catch (thrown) {
    await store.remove(key).catch(() => undefined)
    throw thrown
  }
}

async function* oneChunk(chunk: Uint8Array) {
  yield chunk
}
