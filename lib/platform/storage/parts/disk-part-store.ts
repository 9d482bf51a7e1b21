import { mkdirSync } from 'node:fs'
import { type FileHandle, open, opendir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { FileStore } from '@tus/file-store'
import { ERRORS, type Locker, type Upload } from '@tus/utils'
import { readPieces } from '../blobs/read-pieces.ts'
import { DIRECTORY_MODE } from '../durable-directory.ts'
import type { PartStore } from './part-store.ts'
import { withPartLock } from './with-part-lock.ts'

const WRITE_BYTES = 262_144
/** Longest that bytes of a slow line wait. */
const WRITE_MS = 1_000
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/
/** What tus notes beside a part: its length and the headers it came with. */
const NOTE = '.json'
/** Where a note is written before it takes its name. */
const DRAFT = '.json.new'
/** What the names of all files of a part end in. */
const ENDS = [NOTE, DRAFT, '']
/** Names that are read from the directory at once. */
const NAMES = 1_000

/**
 * Parts as files in one directory, readable by the service's own user alone. Nothing is flushed: a killed process
 * loses no byte that was acknowledged, and after a power cut a part may be shorter, hold zeros or be gone. Whoever
 * completes it copies it and compares the digest; nothing else may trust these bytes.
 */
export class DiskPartStore implements PartStore {
  readonly tus: PrivateFileStore
  readonly locker: Locker
  readonly #directory: string

  /** Throws when the directory cannot be made. */
  constructor(directory: string, locker: Locker) {
    this.#directory = path.resolve(directory)
    this.locker = locker
    mkdirSync(this.#directory, { recursive: true, mode: DIRECTORY_MODE })
    this.tus = new PrivateFileStore(this.#directory)
  }

  async offset(id: string): Promise<number | undefined> {
    if (!ID.test(id)) return undefined
    const found = await stat(path.join(this.#directory, id)).catch(undefinedIfMissing)
    return found?.size
  }

  async read(id: string): Promise<AsyncIterable<Uint8Array>> {
    if ((await this.offset(id)) === undefined) throw new Error('There is no such part')
    return readPieces(path.join(this.#directory, id))
  }

  async remove(id: string): Promise<void> {
    if (!ID.test(id)) return
    // The note before the bytes: without it the tus server knows no such upload, and what is left is listed and swept.
    for (const end of ENDS) await rm(path.join(this.#directory, id + end), { force: true })
  }

  async *list(): AsyncGenerator<{ id: string; modified: Date }> {
    // As a stream: what is left over may be a great many files.
    for await (const entry of await opendir(this.#directory, { bufferSize: NAMES })) {
      const [id, end] = entry.isFile() ? splitName(entry.name) : ['', '']
      if (!ID.test(id) || !ENDS.includes(end)) continue
      // Each once, by its bytes. A note whose part is gone must be found, too.
      if (end !== '' && (await this.offset(id)) !== undefined) continue
      const times = await Promise.all(ENDS.map((other) => this.#modifiedMs(id + other)))
      const newest = Math.max(...times)
      if (newest > 0) yield { id, modified: new Date(newest) }
    }
  }

  withPartLock<T>(id: string, use: () => Promise<T>): Promise<T> {
    return withPartLock(this.locker, id, use)
  }

  /** 0 for a file that has just been removed. */
  async #modifiedMs(name: string): Promise<number> {
    const found = await stat(path.join(this.#directory, name)).catch(undefinedIfMissing)
    return found?.mtimeMs ?? 0
  }
}

/** tus's own store, but no other user may read a part, and a note is never half written. */
class PrivateFileStore extends FileStore {
  constructor(directory: string) {
    super({ directory, configstore: new PartNotes(directory) })
  }

  override async create(upload: Upload): Promise<Upload> {
    if (!ID.test(upload.id)) throw new Error('Not an id of a part')
    // Made here with its mode; the store then finds it and keeps it.
    await writeFile(path.join(this.directory, upload.id), '', { mode: 0o600, flag: 'wx' })
    return super.create(upload)
  }

  /**
   * Bytes go to the disk in large pieces: written one by one as they arrive, they would cost more than the rest of an
   * upload. Bytes received before a connection breaks are kept, since the upload resumes after them.
   */
  override async write(readable: AsyncIterable<Uint8Array>, id: string, offset: number): Promise<number> {
    const file = await open(path.join(this.directory, id), 'r+').catch(refuseToWrite)
    const gathered = new Gathered(file, offset)
    try {
      for await (const chunk of readable) await gathered.add(chunk)
    } catch {
      refuseToWrite()
    } finally {
      await gathered
        .flush()
        .catch(refuseToWrite)
        .finally(() => file.close())
    }
    return gathered.offset
  }
}

/** Bytes on their way to a file, in one buffer: they wait for it to be full, or for a second. */
class Gathered {
  /** Where the next byte goes that is not in the buffer. */
  offset: number
  readonly #file: FileHandle
  readonly #buffer = Buffer.allocUnsafe(WRITE_BYTES)
  #length = 0
  #flushed = performance.now()

  constructor(file: FileHandle, offset: number) {
    this.#file = file
    this.offset = offset
  }

  async add(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      const piece = chunk.subarray(at, at + WRITE_BYTES - this.#length)
      this.#buffer.set(piece, this.#length)
      this.#length += piece.length
      at += piece.length
      const waited = performance.now() - this.#flushed
      if (this.#length === WRITE_BYTES || waited > WRITE_MS) await this.flush()
    }
  }

  async flush(): Promise<void> {
    const length = this.#length
    // What failed is not written again: of a part of it, nobody knows.
    this.#length = 0
    for (let at = 0; at < length; ) {
      const { bytesWritten } = await this.#file.write(this.#buffer, at, length - at, this.offset)
      at += bytesWritten
      this.offset += bytesWritten
    }
    this.#flushed = performance.now()
  }
}

type Notes = ConstructorParameters<typeof FileStore>[0]['configstore'] & {}

/** Notes about parts. One that a power cut tore counts as none; a disk that cannot be read is an error. */
class PartNotes implements Notes {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  async get(id: string): Promise<Upload | undefined> {
    if (!ID.test(id)) return undefined
    const text = await readFile(path.join(this.#directory, id + NOTE), 'utf8').catch(undefinedIfMissing)
    return text === undefined ? undefined : parsed(text)
  }

  async set(id: string, upload: Upload): Promise<void> {
    const draft = path.join(this.#directory, id + DRAFT)
    await writeFile(draft, JSON.stringify(upload), { mode: 0o600 })
    await rename(draft, path.join(this.#directory, id + NOTE))
  }

  async delete(id: string): Promise<void> {
    await rm(path.join(this.#directory, id + NOTE), { force: true })
  }
}

function parsed(text: string): Upload | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The id of a part, which has no dot, and what the name of one of its files ends in. */
function splitName(name: string): [id: string, end: string] {
  const dot = name.indexOf('.')
  return dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)]
}

/** What tus's own store answers. */
function refuseToWrite(): never {
  throw ERRORS.FILE_WRITE_ERROR
}

function undefinedIfMissing(thrown: unknown): undefined {
  if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown
}
