import type { Readable } from 'node:stream'
import { DataStore, ERRORS, type Locker, Upload } from '@tus/utils'
import { type BlobStore, isBlobNotFound } from '../blobs/blob-store.ts'
import type { PartStore } from './part-store.ts'
import { withPartLock } from './with-part-lock.ts'

const ALL = 'parts/'
const ID = /^[a-z0-9][a-z0-9_-]{0,127}$/
/** What tus notes beside a part: its length and the headers it came with. */
const NOTE = 'note'
/** An object holds no more than this: so much of each upload under way is in memory. */
const PIECE_BYTES = 1_048_576
/** Offsets as the names of objects, so that these sort by number. */
const DIGITS = 15

/** What is kept of an upload beside its bytes. */
type Note = Pick<Upload, 'id' | 'size' | 'metadata' | 'creation_date'>

interface Piece {
  key: string
  offset: number
  size: number
}

/**
 * Parts as objects of the blob store, `parts/<id>/<offset>`, so that every process that has the store can go on with
 * one, and so that they are encrypted where files are. An acknowledged byte is stored for good: nothing waits on a local
 * disk, and nothing is taken away to be stored again. What counts is the chain of pieces from 0 on without a gap.
 */
export class BlobPartStore implements PartStore {
  readonly tus: DataStore
  readonly locker: Locker
  readonly #storage: BlobStore

  constructor(storage: BlobStore, locker: Locker) {
    this.#storage = storage
    this.locker = locker
    this.tus = new PieceStore(storage)
  }

  async offset(id: string): Promise<number | undefined> {
    if (!ID.test(id)) return undefined
    const pieces = await piecesOf(this.#storage, id)
    if (!pieces.there) return undefined
    return endOf(pieces.chain)
  }

  async read(id: string): Promise<AsyncIterable<Uint8Array>> {
    const { there, chain } = ID.test(id) ? await piecesOf(this.#storage, id) : { there: false, chain: [] }
    if (!there) throw new Error('There is no such part')
    return bytesOf(this.#storage, chain)
  }

  async remove(id: string): Promise<void> {
    if (!ID.test(id)) return
    // The note first: without it the tus server knows no such upload, and what is left is listed and swept.
    await this.#storage.remove(noteOf(id))
    await this.#storage.remove(`${ALL}${id}/`)
  }

  async *list(): AsyncGenerator<{ id: string; modified: Date }> {
    let part: { id: string; modified: Date } | undefined
    for await (const { key, modified } of this.#storage.list(ALL)) {
      const id = key.split('/')[1]!
      if (!ID.test(id)) continue
      if (part?.id === id) {
        if (modified > part.modified) part.modified = modified
        continue
      }
      if (part) yield part
      part = { id, modified }
    }
    if (part) yield part
  }

  withPartLock<T>(id: string, use: () => Promise<T>): Promise<T> {
    return withPartLock(this.locker, id, use)
  }
}

/** What the tus server writes to. */
class PieceStore extends DataStore {
  readonly #storage: BlobStore

  constructor(storage: BlobStore) {
    super()
    this.#storage = storage
    // The same as on disk, so that a request is answered alike wherever parts are.
    this.extensions = ['creation', 'creation-with-upload', 'creation-defer-length', 'termination']
  }

  override async create(upload: Upload): Promise<Upload> {
    if (!ID.test(upload.id)) throw new Error('Not an id of a part')
    if (await readNote(this.#storage, upload.id)) throw new Error('EEXIST: there is a part of this id')
    await this.#note(upload)
    upload.storage = { type: 'blobs', path: `${ALL}${upload.id}/` }
    return upload
  }

  override async getUpload(id: string): Promise<Upload> {
    const note = ID.test(id) ? await readNote(this.#storage, id) : undefined
    if (!note) throw ERRORS.FILE_NOT_FOUND
    const { chain } = await piecesOf(this.#storage, id)
    return new Upload({ ...note, id, offset: endOf(chain), storage: { type: 'blobs', path: `${ALL}${id}/` } })
  }

  override async declareUploadLength(id: string, size: number): Promise<void> {
    const note = ID.test(id) ? await readNote(this.#storage, id) : undefined
    if (!note) throw ERRORS.FILE_NOT_FOUND
    await this.#note({ ...note, id, size })
  }

  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const buffer = Buffer.allocUnsafe(PIECE_BYTES)
    let at = offset
    let filled = 0
    const store = async () => {
      if (filled === 0) return
      const key = `${ALL}${id}/${String(at).padStart(DIGITS, '0')}`
      const size = filled
      await this.#storage.put(key, oneChunk(buffer.subarray(0, size)))
      at += size
      filled = 0
    }
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        for (let taken = 0; taken < chunk.length; ) {
          const copied = chunk.copy(buffer, filled, taken)
          taken += copied
          filled += copied
          if (filled === PIECE_BYTES) await store()
        }
      }
    } catch (thrown) {
      // What had arrived before the connection broke is worth keeping; a store that failed fails again.
      await store()
      throw thrown
    }
    await store()
    return at
  }

  override async remove(id: string): Promise<void> {
    if (!ID.test(id) || !(await readNote(this.#storage, id))) throw ERRORS.FILE_NOT_FOUND
    await this.#storage.remove(noteOf(id))
    await this.#storage.remove(`${ALL}${id}/`)
  }

  async #note({ id, size, metadata, creation_date }: Note): Promise<void> {
    const note = JSON.stringify({ id, size, metadata, creation_date })
    await this.#storage.put(noteOf(id), oneChunk(Buffer.from(note)))
  }
}

const noteOf = (id: string): string => `${ALL}${id}/${NOTE}`

async function readNote(storage: BlobStore, id: string): Promise<Note | undefined> {
  try {
    const { body } = await storage.read(noteOf(id))
    return (await new Response(body).json()) as Note
  } catch (thrown) {
    if (isBlobNotFound(thrown)) return undefined
    throw thrown
  }
}

/** Whether anything is there, and the pieces that follow each other from 0 on; those of a late writer are passed over. */
async function piecesOf(storage: BlobStore, id: string): Promise<{ there: boolean; chain: Piece[] }> {
  const pieces: Piece[] = []
  let there = false
  for await (const { key, size } of storage.list(`${ALL}${id}/`)) {
    there = true
    const name = key.slice(key.lastIndexOf('/') + 1)
    if (name !== NOTE) pieces.push({ key, offset: Number(name), size })
  }
  const chain: Piece[] = []
  let end = 0
  for (const piece of pieces.sort((a, b) => a.offset - b.offset)) {
    if (piece.offset > end) break
    if (piece.offset < end) continue
    chain.push(piece)
    end += piece.size
  }
  return { there, chain }
}

function endOf(chain: Piece[]): number {
  const last = chain.at(-1)
  return last ? last.offset + last.size : 0
}

async function* bytesOf(storage: BlobStore, chain: Piece[]): AsyncGenerator<Uint8Array> {
  for (const { key } of chain) yield* (await storage.read(key)).body
}

async function* oneChunk(chunk: Uint8Array) {
  yield chunk
}
