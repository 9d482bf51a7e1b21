import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'

/**
 * Other users may pass through but not list it: PostgreSQL runs as its own user below the same DATA_DIR. Secrets are in
 * files protected by their own mode.
 */
export const DIRECTORY_MODE = 0o711

/** Make a directory and its missing parents, and return once their names survive a power cut. */
export async function makeDurableDirectory(directory: string): Promise<void> {
  const firstMade = await mkdir(directory, { recursive: true, mode: DIRECTORY_MODE })
  // The name of the first new one stands in a directory that was there before.
  if (firstMade !== undefined) await syncDirectories(directory, path.dirname(path.resolve(firstMade)))
}

/** Flush a directory and those above it, up to and with `top`. */
export async function syncDirectories(directory: string, top: string): Promise<void> {
  let next = path.resolve(directory)
  await syncDirectory(next)
  while (next !== path.resolve(top) && next !== path.dirname(next)) {
    next = path.dirname(next)
    await syncDirectory(next)
  }
}

/** Flush a directory, so that names made, replaced or removed in it survive a power cut. Rejects when it cannot be. */
export async function syncDirectory(directory: string): Promise<void> {
  // Windows cannot open a directory; there the names are flushed by the file system's own journal.
  if (process.platform === 'win32') return
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
