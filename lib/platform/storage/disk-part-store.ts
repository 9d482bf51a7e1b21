import { type Dirent, mkdirSync } from 'node:fs'
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { FileStore } from '@tus/file-store'
import type { Locker, Upload } from '@tus/utils'
import { DIRECTORY_MODE } from './durable-directory.ts'
import { exclusively } from './exclusively.ts'
import type { PartStore } from './part-store.ts'
import { readPieces } from './read-pieces.ts'

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/
/** What tus notes beside a part: its length and the headers it came with. */
const NOTE = '.json'
/** Where a note is written before it takes its name. */
const DRAFT = '.json.new'

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
    // The note first: without it the tus server knows no such upload, and what is left is listed and swept.
    for (const end of [NOTE, DRAFT, '']) await rm(path.join(this.#directory, id + end), { force: true })
  }

  async *list(): AsyncGenerator<{ id: string; modified: Date }> {
    const files = await readdir(this.#directory, { withFileTypes: true })
    for (const [id, names] of namesById(files)) {
      const times = await Promise.all(names.map((name) => this.#modifiedMs(name)))
      const newest = Math.max(...times)
      if (newest > 0) yield { id, modified: new Date(newest) }
    }
  }

  exclusively<T>(id: string, use: () => Promise<T>): Promise<T> {
    return exclusively(this.locker, id, use)
  }

  /** 0 for a file that has just been removed. */
  async #modifiedMs(name: string): Promise<number> {
    const found = await stat(path.join(this.#directory, name)).catch(undefinedIfMissing)
    return found?.mtimeMs ?? 0
  }
}

/** tus's own store, but nobody else on the machine may read a part, and a note is never half written. */
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

/** Files that belong to one part, its notes included: a note whose part is gone must be found, too. */
function namesById(files: Dirent[]): Map<string, string[]> {
  const byId = new Map<string, string[]>()
  for (const { name } of files.filter((file) => file.isFile())) {
    const [id = '', ...ends] = name.split('.')
    const end = ends.length > 0 ? `.${ends.join('.')}` : ''
    if (ID.test(id) && ['', NOTE, DRAFT].includes(end)) byId.set(id, [...(byId.get(id) ?? []), name])
  }
  return byId
}

function undefinedIfMissing(thrown: unknown): undefined {
  if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown
}
