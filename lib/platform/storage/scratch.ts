import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { readPieces } from './blobs/read-pieces.ts'

/** A folder older than this belongs to a process that was killed: no run takes that long. */
const ABANDONED_MS = 24 * 3_600_000
/** In the names of folders that outlive their process. */
const KEPT = 'kept-'

/** Folders on the local disk for work in progress. Nothing in them is guaranteed to survive. */
export interface Scratch {
  /** Run `use` with an empty folder of its own, which is gone afterwards, however that ends. `owner`: an id of ours. */
  withFolder<T>(use: (folder: string) => Promise<T>, owner?: string): Promise<T>
  /**
   * A folder of an owner that stays when this process dies, for work that another process resumes; created when it does not
   * exist. `name` tells folders of one owner apart. It goes with
   * `removeKept` and `removeOf`, or when nothing was put into it for a day.
   */
  keepFolder(owner: string, name: string): Promise<string>
  /** The kept folders of an owner are still wanted: their day begins again. */
  wantKept(owner: string): Promise<void>
  /** Remove the kept folders of an owner, except those in use. */
  removeKept(owner: string): Promise<void>
  /** Remove all folders of an owner, including those in use or left by killed processes. Resolves with whether there were any. */
  removeOf(owner: string): Promise<boolean>
  /** Bytes of a file in such a folder, to be stored for good. A piece is void once the next one is asked for. */
  read(file: string): AsyncIterable<Uint8Array>
}

/** Scratch below one directory; what killed processes left there a day ago is removed on the way. */
export function createScratch(directory: string): Scratch {
  return {
    async withFolder(use, owner = 'run') {
      await mkdir(directory, { recursive: true, mode: 0o700 })
      const folder = await mkdtemp(path.join(directory, `${owner}-`))
      try {
        // By the disk's own time: a server's clock that is wrong must not take a folder away from who works in it.
        await sweep(directory, (await stat(folder)).mtimeMs)
        return await use(folder)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    async keepFolder(owner, name) {
      const folder = path.join(directory, `${owner}-${KEPT}${name}`)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      return folder
    },
    async wantKept(owner) {
      const names = await readdir(directory).catch(() => [])
      for (const name of names.filter((each) => each.startsWith(`${owner}-${KEPT}`))) {
        // By the disk's own time, as it is swept. One that has just gone is not wanted.
        const mark = await mkdtemp(path.join(directory, name, 'wanted-')).catch(() => undefined)
        if (mark) await rm(mark, { recursive: true, force: true })
      }
    },
    removeKept: async (owner) => void (await removeNamed(directory, `${owner}-${KEPT}`)),
    removeOf: (owner) => removeNamed(directory, `${owner}-`),
    read: readPieces,
  }
}

/** Remove the folders whose names begin so; whether there were any. */
async function removeNamed(directory: string, beginning: string): Promise<boolean> {
  const names = await readdir(directory).catch(() => [])
  const found = names.filter((name) => name.startsWith(beginning))
  for (const name of found) await rm(path.join(directory, name), { recursive: true, force: true })
  return found.length > 0
}

async function sweep(directory: string, now: number): Promise<void> {
  for (const name of await readdir(directory)) {
    const folder = path.join(directory, name)
    const found = await stat(folder).catch(() => undefined)
    if (found && now - found.mtimeMs > ABANDONED_MS) {
      await rm(folder, { recursive: true, force: true })
    }
  }
}
