import { statfs } from 'node:fs/promises'
import type { Logger } from 'pino'

/** Room for some forty uploads and the database's own files. */
const FREE_BYTES_MIN = 1_073_741_824

/** Log at start when the disk of `directory` has less than 1 GiB left. */
export async function warnOfFullDisk(
  directory: string,
  log: Logger,
  freeBytesMin = FREE_BYTES_MIN,
): Promise<void> {
  // A web server with its database and files elsewhere may have no such folder yet.
  const found = await statfs(directory).catch(() => undefined)
  if (!found) return
  const { bavail, bsize } = found
  const free = bavail * bsize
  if (free >= freeBytesMin) return
  log.warn(
    { directory, free_megabytes: Math.floor(free / 1_048_576) },
    'The disk is almost full: make room, or uploads will be refused with 503.',
  )
}
