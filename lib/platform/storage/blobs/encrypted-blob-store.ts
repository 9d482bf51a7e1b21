import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Scratch } from '../scratch.ts'
import {
  decryptRange,
  encryptFor,
  openPayloadKey,
  PAYLOAD_AT,
  plainSizeOf,
  sealedRange,
} from './age-stream.ts'
import { BlobNotFound, type BlobStore, isBlobNotFound, type Stored } from './blob-store.ts'
import { ByteDigest } from './byte-digest.ts'
import { demandKey, ownerOf, wholeOwnerOf } from './stored-key.ts'
import { streamPieces } from './stream-pieces.ts'

/** What an encrypted object's key ends in, below. */
const ENDING = '.age'
/** Whose key encrypts what belongs to no sample. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** An age identity (`AGE-SECRET-KEY-1…`) for each sample. */
export interface FileKeys {
  /** Undefined once it was destroyed. */
  find(owner: string): Promise<string | undefined>
  /** Rejects for a deleted sample. */
  findOrMake(owner: string): Promise<string>
  /** What it encrypted can no longer be read, in any copy. Destroying twice is not an error. */
  destroy(owner: string): Promise<void>
}

interface Options {
  keys: FileKeys
  scratch: Scratch
  /** Encrypt what is written from now on; false: only read what was encrypted before. */
  encrypt: boolean
}

/**
 * A store whose objects are encrypted in the age format, each sample's for a key of its own; `age --decrypt` reads them.
 * Below, an encrypted object's key ends in `.age`; one without that ending was stored before encryption was switched on,
 * and is still read. Removing everything of a sample destroys its key first. Sizes and ranges are those of plain bytes.
 */
export class EncryptedBlobStore implements BlobStore {
  readonly #inner: BlobStore
  readonly #keys: FileKeys
  readonly #scratch: Scratch
  readonly #encrypt: boolean

  constructor(inner: BlobStore, { keys, scratch, encrypt }: Options) {
    this.#inner = inner
    this.#keys = keys
    this.#scratch = scratch
    this.#encrypt = encrypt
  }

  async put(key: string, chunks: AsyncIterable<Uint8Array>): Promise<Stored> {
    const sealed = sealedKeyOf(key)
    if (!this.#encrypt) {
      const stored = await this.#inner.put(key, chunks)
      await this.#inner.remove(sealed)
      return stored
    }
    const identity = await this.#keys.findOrMake(ownerOf(key) ?? NOBODY)
    const digest = new ByteDigest()
    await this.#inner.put(sealed, encryptFor(identity, digest.over(chunks)))
    await this.#inner.remove(key)
    return digest.result()
  }

  async read(key: string, range?: { start: number; end: number }) {
    const found = await this.#find(key)
    if (!found) return this.#inner.read(key, range)
    const { sealed, encryptedSize, payloadKey } = found
    const size = plainSizeOf(encryptedSize)
    const { start, end } = range ?? { start: 0, end: size }
    if (!(start >= 0 && start <= end && end <= size)) throw new RangeError('Outside the stored object')
    const inner = this.#inner
    async function* plain() {
      if (start === end) return
      const { body } = await inner.read(sealed, sealedRange({ start, end }, encryptedSize))
      yield* decryptRange(payloadKey, body, { start, end, size })
    }
    return { size, body: streamPieces(plain()) }
  }

  async withLocalFile<T>(key: string, use: (path: string) => Promise<T>): Promise<T> {
    if (!(await this.#find(key))) return this.#inner.withLocalFile(key, use)
    const { body } = await this.read(key)
    return this.#scratch.withFolder(async (folder) => {
      const file = path.join(folder, 'object')
      await pipeline(body, createWriteStream(file, { mode: 0o600, flags: 'wx' }))
      return use(file)
    }, ownerOf(key))
  }

  async remove(keyOrPrefix: string): Promise<void> {
    if (!keyOrPrefix.endsWith('/')) {
      await this.#inner.remove(sealedKeyOf(keyOrPrefix))
      return this.#inner.remove(keyOrPrefix)
    }
    const owner = wholeOwnerOf(keyOrPrefix)
    if (owner) await this.#keys.destroy(owner)
    await this.#inner.remove(keyOrPrefix)
  }

  async *list(prefix: string): AsyncGenerator<{ key: string; size: number; modified: Date }> {
    for await (const { key, size, modified } of this.#inner.list(prefix)) {
      if (key.endsWith(ENDING)) {
        yield { key: key.slice(0, -ENDING.length), size: plainSizeOf(size), modified }
      } else if (!(await this.#head(`${key}${ENDING}`))) yield { key, size, modified }
    }
  }

  check(): Promise<void> {
    return this.#inner.check()
  }

  /** An encrypted object and the key of its payload; undefined when there is none under this key. */
  async #find(key: string) {
    const sealed = sealedKeyOf(key)
    const head = await this.#head(sealed)
    if (!head) return undefined
    const identity = await this.#keys.find(ownerOf(key) ?? NOBODY)
    // Without its key an object is as good as gone.
    if (!identity) throw new BlobNotFound(key)
    return {
      sealed,
      encryptedSize: head.size,
      payloadKey: await openPayloadKey(identity, head.bytes),
    }
  }

  /** The bytes before an object's payload, and its size; undefined when it is not there. */
  async #head(sealed: string): Promise<{ size: number; bytes: Uint8Array } | undefined> {
    try {
      const { size, body } = await this.#inner.read(sealed, { start: 0, end: PAYLOAD_AT })
      return { size, bytes: new Uint8Array(await new Response(body).arrayBuffer()) }
    } catch (thrown) {
      if (isBlobNotFound(thrown)) return undefined
      if (thrown instanceof RangeError) throw new Error('An encrypted object is cut off', { cause: thrown })
      throw thrown
    }
  }
}

function sealedKeyOf(key: string): string {
  if (key.endsWith(ENDING)) throw new TypeError('This ending of a key is taken')
  return `${demandKey(key)}${ENDING}`
}
