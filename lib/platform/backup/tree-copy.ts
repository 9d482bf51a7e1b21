import { mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { copyFile } from './copy-file.ts'
import { inParallel } from './in-parallel.ts'

interface TreeCopyOptions {
  from: string
  to: string
  /** Names, relative to `from` and with `/`, that are not copied. */
  leavesOut?: (name: string) => boolean
}

/**
 * A copy of a directory that others are writing to, brought up to date in as many passes as wanted: each takes what is
 * new or changed since the last. What was copied once stays in the copy, also when its source is removed meanwhile.
 */
export class TreeCopy {
  /** SHA-256 of every file of the copy, by its name relative to the copy's root. */
  readonly digests = new Map<string, string>()
  readonly #options: TreeCopyOptions
  readonly #seen = new Map<string, string>()

  constructor(options: TreeCopyOptions) {
    this.#options = options
  }

  async pass(): Promise<void> {
    await this.#copyDirectory('')
  }

  async #copyDirectory(directory: string): Promise<void> {
    const { from, to, leavesOut } = this.#options
    const entries = await readdir(path.join(from, directory), { withFileTypes: true }).catch(noneIfGone)
    if (!entries) return
    await mkdir(path.join(to, directory), { recursive: true, mode: 0o700 })
    const files: string[] = []
    for (const entry of entries) {
      const name = directory ? `${directory}/${entry.name}` : entry.name
      if (leavesOut?.(name)) continue
      if (entry.isDirectory()) await this.#copyDirectory(name)
      if (entry.isFile()) files.push(name)
    }
    await inParallel(files, (name) => this.#copyWhenChanged(name))
  }

  async #copyWhenChanged(name: string): Promise<void> {
    const { from, to } = this.#options
    const found = await stat(path.join(from, name), { bigint: true }).catch(noneIfGone)
    if (!found) return
    const version = `${found.ino} ${found.size} ${found.mtimeNs}`
    if (this.#seen.get(name) === version) return
    const digest = await copyFile(path.join(from, name), path.join(to, name))
    if (digest === undefined) return
    this.#seen.set(name, version)
    this.digests.set(name, digest)
  }
}

function noneIfGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
