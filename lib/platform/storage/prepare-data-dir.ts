import { constants } from 'node:fs'
import { access, mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { StartRefusal } from '../start-refusal.ts'
import { DIRECTORY_MODE, syncDirectory } from './durable-directory.ts'

/**
 * Makes DATA_DIR and its missing parents, so that their names survive a power cut. Rejects with one sentence for the
 * operator where it cannot be made or written to. One level at a time: Node's own recursive `mkdir` never ends in a folder
 * where the system denies that its own parent is there, as `/proc` does.
 */
export async function prepareDataDir(dataDir: string): Promise<void> {
  try {
    await makeDirectory(path.resolve(dataDir))
    await access(dataDir, constants.W_OK | constants.X_OK)
  } catch (thrown) {
    const { code = 'unknown error' } = thrown as NodeJS.ErrnoException
    throw new StartRefusal(
      `DATA_DIR ${dataDir} cannot be used (${code}): name a folder that the service's user may make and write to.`,
    )
  }
}

async function makeDirectory(directory: string): Promise<void> {
  const there = await stat(directory).catch(nullIfMissing)
  if (there?.isDirectory()) return
  if (there) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' })
  const parent = path.dirname(directory)
  await makeDirectory(parent)
  await mkdir(directory, { mode: DIRECTORY_MODE }).catch(unlessThere)
  await syncDirectory(parent)
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

/** Another process may have been quicker. */
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
