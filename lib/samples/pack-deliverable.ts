import { pipeline, Readable } from 'node:stream'
import { constants, createGzip } from 'node:zlib'
import type { BlobStore } from '#lib/platform/storage/blobs/blob-store.ts'
import type { Deliverable, FileType } from './deliverable.ts'
import { measureBytes } from './measure-bytes.ts'

/** Types that would take most of a sample's space, and shrink to a third; all others are small or packed already. */
const PACKED: readonly string[] = ['plink-bim'] satisfies FileType[]
const ENDING = '.gz'

type StoredDeliverable = Pick<Deliverable, 'storageKey' | 'size' | 'sha256'>

/**
 * Store the bytes of a deliverable at a place of its own, packed or as they are. Size and digest are always those of the
 * bytes themselves: what partners get never depends on how it is stored.
 */
export async function storeDeliverable(
  storage: Pick<BlobStore, 'put'>,
  { fileType, place }: { fileType: string; place: string },
  chunks: AsyncIterable<Uint8Array>,
): Promise<StoredDeliverable> {
  if (!PACKED.includes(fileType)) return { storageKey: place, ...(await storage.put(place, chunks)) }
  const { passed, result } = measureBytes(chunks)
  const storageKey = `${place}${ENDING}`
  await storage.put(storageKey, gzip(passed))
  return { storageKey, ...result() }
}

/** The bytes of a deliverable, or those from `start` (inclusive) to `end` (exclusive). */
export async function readDeliverable(
  storage: Pick<BlobStore, 'read'>,
  { storageKey, name }: Pick<Deliverable, 'storageKey' | 'name'>,
  range?: { start: number; end: number },
): Promise<ReadableStream<Uint8Array>> {
  if (!storageKey.endsWith(`${name}${ENDING}`)) return (await storage.read(storageKey, range)).body
  const { body } = await storage.read(storageKey)
  return onceRead(body, (packed) => {
    const whole = packed.pipeThrough(
      new DecompressionStream('gzip') as TransformStream<Uint8Array, Uint8Array>,
    )
    return range ? whole.pipeThrough(slice(range)) : whole
  })
}

/** What is made of a stream, at the first read: a pipe reads ahead, and would hold the file for a client that has left. */
function onceRead(
  source: ReadableStream<Uint8Array>,
  make: (source: ReadableStream<Uint8Array>) => ReadableStream<Uint8Array>,
): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reader ??= make(source).getReader()
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => (reader ?? source).cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/**
 * Fast rather than small: the packing costs a tenth of a second of an analysis. Nothing is read before the first piece is
 * asked for, when nobody would hear of an error, and the source is closed however it ends.
 */
async function* gzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const packed = createGzip({ level: constants.Z_BEST_SPEED })
  yield* pipeline(Readable.from(copies(chunks)), packed, () => {})
}

/** The source may use the buffer of a chunk again as soon as the next one is asked for. */
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  for await (const chunk of chunks) yield new Uint8Array(chunk)
}

function slice({ start, end }: { start: number; end: number }): TransformStream<Uint8Array, Uint8Array> {
  let at = 0
  return new TransformStream({
    transform(chunk, controller) {
      const wanted = chunk.subarray(Math.max(0, start - at), Math.max(0, end - at))
      at += chunk.length
      if (wanted.length > 0) controller.enqueue(wanted)
      if (at >= end) controller.terminate()
    },
  })
}
