import { mkdir, open, rename } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { AuditLink } from '../audit-table.ts'
import { type ArchiveFoot, type ArchiveHead, lineOf } from './archive-lines.ts'

/** Of a file that is not finished: the next attempt writes it anew. */
const ASIDE = '.partial'

/**
 * Write an archive beside the name that it is to have, and return its name there. It is on the disk when this resolves;
 * only this user may read it.
 */
export async function writeArchive(
  file: string,
  head: ArchiveHead,
  links: AsyncIterable<AuditLink>,
): Promise<string> {
  const aside = file + ASIDE
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const handle = await open(aside, 'w', 0o600)
  try {
    await pipeline(Readable.from(linesOf(head, links)), createGzip(), async (packed) => {
      for await (const bytes of packed) await handle.writeFile(bytes as Buffer)
    })
    await handle.sync()
  } finally {
    await handle.close()
  }
  return aside
}

/** Give a written archive its name, which then survives a power cut. */
export async function nameArchive(aside: string, file: string): Promise<void> {
  await rename(aside, file)
  // The folder may be new itself. Windows cannot open one; there the file system's journal keeps the name.
  if (process.platform === 'win32') return
  for (const folder of [path.dirname(file), path.dirname(path.resolve(path.dirname(file)))]) {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
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
