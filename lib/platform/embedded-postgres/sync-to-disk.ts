import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Once this returns, the file's bytes, or the directory's entries, survive a power cut. Throws when the disk says no. */
export function syncToDisk(fileOrDirectory: string): void {
  const descriptor = openSync(fileOrDirectory, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
