import { createHash, randomUUID } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { DIRECTORY_MODE, makeDurableDirectory, syncDirectories, syncDirectory } from '../durable-directory.ts'
import { BlobNotFound, type BlobStore, type Stored } from './blob-store.ts'
import { demandKey, demandPrefix, isKey } from './stored-key.ts'
import { streamPieces } from './stream-pieces.ts'
import { tryBlobStore } from './try-blob-store.ts'

/** Unfinished files, out of reach of every key. */
const ASIDE = '.unfinished'
/** An unfinished file not written to for this long was left by a process that died. */
const ABANDONED_AFTER_MS = 60 * 60 * 1_000
/** Of a key, in the name of an unfinished file: together with a random id it fits into what disks allow. */
const ASIDE_CHARACTERS_MAX = 200
const READ_BYTES = 256 * 1_024

/**
 * Objects as files below one directory. An object is written aside, flushed, renamed to its place, and the directories
 * that gained a name are flushed before `put` resolves. So a killed process or a power cut leaves the old object, or
 * none, or the whole new one, never a part; what lies aside is swept before a later process writes its first object.
 * A flush that failed is never tried again on the same file, since the kernel may have dropped the pages it could not
 * write: the file goes.
 */
export class DiskBlobStore implements BlobStore {
  readonly #root: string
  #prepared: Promise<void> | undefined

  constructor(directory: string) {
    this.#root = path.resolve(directory)
  }

  async put(key: string, chunks: AsyncIterable<Uint8Array>): Promise<Stored> {
    const target = this.#pathOf(key)
    await this.#prepare()
    const aside = path.join(this.#root, ASIDE, asideNameOf(key) + randomUUID())
    try {
      const stored = await writeFlushed(aside, chunks)
      const directory = path.dirname(target)
      await mkdir(directory, { recursive: true, mode: DIRECTORY_MODE })
      await rename(aside, target)
      // All of them, every time: one that is already there may have been made a moment ago by a process that was
      // killed before it could flush the name. Flushing what is clean costs next to nothing.
      await syncDirectories(directory, this.#root).catch((thrown) => withdraw(target, thrown))
      return stored
    } catch (thrown) {
      await rm(aside, { force: true })
      throw thrown
    }
  }

  async read(key: string, range?: { start: number; end: number }) {
    const { file, size } = await this.#find(key)
    const { start, end } = range ?? { start: 0, end: size }
    if (!(start >= 0 && start <= end && end <= size)) throw new RangeError('Outside the stored object')
    return { size, body: streamPieces(piecesOf(file, start, end)) }
  }

  async withLocalFile<T>(key: string, use: (path: string) => Promise<T>): Promise<T> {
    const { file } = await this.#find(key)
    return use(file)
  }

  async remove(keyOrPrefix: string): Promise<void> {
    const isPrefix = keyOrPrefix.endsWith('/')
    if (isPrefix) await this.#removeAside(keyOrPrefix)
    const target = isPrefix ? this.#directoryOf(keyOrPrefix) : this.#pathOf(keyOrPrefix)
    try {
      await rm(target, { recursive: isPrefix })
    } catch (thrown) {
      if (isMissing(thrown)) return
      throw thrown
    }
    await syncDirectory(path.dirname(target))
  }

  async *list(prefix: string): AsyncGenerator<{ key: string; size: number; modified: Date }> {
    const directory = this.#directoryOf(prefix)
    for (const entry of await entriesOf(directory)) {
      // Only what a key can name: not unfinished files, nor files that others put there.
      if (!isKey(entry.name)) continue
      const key = prefix + entry.name
      if (entry.isDirectory()) yield* this.list(`${key}/`)
      else if (entry.isFile()) {
        const found = await stat(path.join(directory, entry.name)).catch(undefinedIfMissing)
        if (found) yield { key, size: found.size, modified: found.mtime }
      }
    }
  }

  async check(): Promise<void> {
    await tryBlobStore(this).catch((thrown: unknown) => {
      throw new Error(`Files cannot be stored under DATA_DIR: ${wordsFor(thrown)}`, { cause: thrown })
    })
  }

  /** Remove files that a process which died left unfinished. One that is being written is newer, and stays. */
  async sweep(): Promise<void> {
    const directory = path.join(this.#root, ASIDE)
    for (const entry of await entriesOf(directory)) {
      const file = path.join(directory, entry.name)
      const found = await stat(file).catch(undefinedIfMissing)
      if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await rm(file, { force: true })
    }
  }

  /** What was being written below a prefix, also by a process that was killed: a write under way rejects. */
  async #removeAside(prefix: string): Promise<void> {
    const directory = path.join(this.#root, ASIDE)
    for (const { name } of await entriesOf(directory)) {
      if (name.startsWith(asideNameOf(prefix))) await rm(path.join(directory, name), { force: true })
    }
  }

  /** Before the first write: the directory, and an end to what lies aside. Tried again when it failed. */
  #prepare(): Promise<void> {
    this.#prepared ??= makeDurableDirectory(path.join(this.#root, ASIDE))
      // Also when it was there: the process that made it may not have come to flushing its name.
      .then(() => syncDirectories(this.#root, path.dirname(this.#root)))
      .then(() => this.sweep())
      .catch((thrown) => {
        this.#prepared = undefined
        throw thrown
      })
    return this.#prepared
  }

  async #find(key: string): Promise<{ file: string; size: number }> {
    const file = this.#pathOf(key)
    const found = await stat(file).catch(undefinedIfMissing)
    if (!found?.isFile()) throw new BlobNotFound(key)
    return { file, size: found.size }
  }

  #pathOf(key: string): string {
    return path.join(this.#root, demandKey(key))
  }

  #directoryOf(prefix: string): string {
    return path.join(this.#root, demandPrefix(prefix))
  }
}

/** How the names of unfinished files begin, so that those below a prefix are found; no key holds a `+`. */
const asideNameOf = (keyOrPrefix: string): string =>
  keyOrPrefix.replaceAll('/', '+').slice(0, ASIDE_CHARACTERS_MAX)

/** Write, count, hash and flush; resolves once the bytes are on the disk. */
async function writeFlushed(file: string, chunks: AsyncIterable<Uint8Array>): Promise<Stored> {
  const hash = createHash('sha256')
  let size = 0
  const handle = await open(file, 'wx', 0o600)
  try {
    for await (const chunk of chunks) {
      hash.update(chunk)
      size += chunk.byteLength
      await writeAll(handle, chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { size, sha256: hash.digest('hex') }
}

/** `write` may take less than it is given. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength; ) {
    const { bytesWritten } = await handle.write(bytes, at)
    at += bytesWritten
  }
}

/** Whether the name survives is unknown, so it must be removed: an object that can vanish must not be reported as stored. */
async function withdraw(target: string, thrown: unknown): Promise<never> {
  await rm(target, { force: true })
  throw thrown
}

/** Opened on the first read; closed however that ends. */
async function* piecesOf(file: string, start: number, end: number): AsyncGenerator<Uint8Array, void, void> {
  const handle = await open(file)
  try {
    for (let position = start; position < end; ) {
      const length = Math.min(READ_BYTES, end - position)
      const { bytesRead, buffer } = await handle.read({ buffer: new Uint8Array(length), position })
      if (bytesRead === 0) throw new Error('A stored object is shorter than it was')
      position += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

async function entriesOf(directory: string): Promise<Dirent[]> {
  return (await readdir(directory, { withFileTypes: true }).catch(undefinedIfMissing)) ?? []
}

const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Error && 'code' in thrown ? thrown.code : undefined

const isMissing = (thrown: unknown): boolean => codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR'

function undefinedIfMissing(thrown: unknown): undefined {
  if (!isMissing(thrown)) throw thrown
}

function wordsFor(thrown: unknown): string {
  const code = codeOf(thrown)
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full'
  if (code === 'EROFS') return 'the disk is read-only'
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not write there'
  if (code === 'EIO') return 'the disk reports errors'
  return thrown instanceof Error ? thrown.message : 'unknown'
}
