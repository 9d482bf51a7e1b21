import { createHash } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'

const CHUNK_BYTES = 1024 * 1024

/**
 * Copy a file and flush the copy. Resolves with the SHA-256 of the bytes that were written, or undefined when the
 * source is gone. Only this user may read the copy.
 */
export async function copyFile(from: string, to: string): Promise<string | undefined> {
  const source = await openIfThere(from)
  if (!source) return undefined
  try {
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 })
    const target = await open(to, 'w', 0o600)
    try {
      const hash = createHash('sha256')
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
      for (;;) {
        const { bytesRead } = await source.read(chunk, 0, CHUNK_BYTES)
        if (bytesRead === 0) break
        const bytes = chunk.subarray(0, bytesRead)
        hash.update(bytes)
        await target.writeFile(bytes)
      }
      await target.sync()
      return hash.digest('hex')
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function openIfThere(file: string) {
  try {
    return await open(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
