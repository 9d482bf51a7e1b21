import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { AuditLink } from '../audit-table.ts'
import { type ArchiveFoot, type ArchiveHead, lineOf } from './archive-lines.ts'

/** Of a file that has not got its name yet. */
const ASIDE = '.partial'

/**
 * Write an archive beside the name that it is to have, and return its name there: no other process has the same one. Only
 * this user may read it. Its bytes are on the disk before it can be named. Where writing fails, nothing stays.
 */
export async function writeArchive(
  file: string,
  head: ArchiveHead,
  links: AsyncIterable<AuditLink>,
): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const aside = `${file}.${head.installation}.${randomUUID()}${ASIDE}`
  const handle = await open(aside, 'wx', 0o600)
  try {
    await pipeline(Readable.from(linesOf(head, links)), createGzip(), async (packed) => {
      for await (const bytes of packed) await handle.writeFile(bytes as Buffer)
    })
    await handle.sync()
  } catch (error) {
    await rm(aside)
    throw error
  } finally {
    await handle.close()
  }
  return aside
}

/** Remove what this installation began to write and was killed at. Nobody else of it may be writing. */
export async function removeUnfinished(folder: string, installation: string): Promise<void> {
  const names = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  for (const name of names) {
    if (name.includes(`.gz.${installation}.`) && name.endsWith(ASIDE)) await rm(path.join(folder, name))
  }
}

/** Give a written archive its name. Rejects when another file has got that meanwhile, which is never replaced. */
export async function nameArchive(aside: string, file: string): Promise<void> {
  try {
    await link(aside, file)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'EPERM' || code === 'ENOTSUP')
      throw new Error(`${path.dirname(file)} is on a file system without hard links: choose another folder.`)
    if (code !== 'EEXIST') throw error
    throw new Error(`${file} was written by another process meanwhile, and is left as it is.`)
  }
  await rm(aside)
}

/** Codes of a file system that flushes no folder, and of folders above ours that this user may not open. */
const NO_FLUSH = ['EINVAL', 'ENOTSUP', 'ENOSYS']
const NOT_OURS = ['EACCES', 'EPERM']

/** Return once a file survives a power cut, with its name and those of its folders, whoever made them. */
export async function syncArchive(file: string): Promise<void> {
  // Windows flushes only what is open for writing, and no folder: there the file system's journal keeps the names.
  const isWindows = process.platform === 'win32'
  await sync(file, isWindows ? 'r+' : 'r')
  if (isWindows) return
  let folder = path.dirname(path.resolve(file))
  await sync(folder, 'r', NO_FLUSH)
  while (folder !== path.dirname(folder)) {
    folder = path.dirname(folder)
    await sync(folder, 'r', [...NO_FLUSH, ...NOT_OURS])
  }
}

async function sync(name: string, flags: 'r' | 'r+', passed: string[] = []): Promise<void> {
  try {
    const handle = await open(name, flags)
    await handle.sync().finally(() => handle.close())
  } catch (error) {
    if (!passed.includes((error as { code?: string }).code ?? '')) throw error
  }
}

async function* linesOf(head: ArchiveHead, links: AsyncIterable<AuditLink>): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`
  let end = head.after
  for await (const link of links) {
    yield `${lineOf(link)}\n`
    end = { seq: link.seq, hash: link.hash.toString('hex') }
  }
  const foot: ArchiveFoot = { end }
  yield `${JSON.stringify(foot)}\n`
}
