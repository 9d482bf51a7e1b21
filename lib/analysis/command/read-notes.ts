import { lstat, open } from 'node:fs/promises'

const NOTES_BYTES_MAX = 4_096
const NOTES_CHARACTERS_MAX = 500

/**
 * What a command wrote for the people who look at the sample, on one line of at most 500 characters; undefined when it
 * wrote nothing.
 */
export async function readNotes(file: string): Promise<string | undefined> {
  const found = await lstat(file).catch(() => undefined)
  if (!found?.isFile()) return undefined
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: new Uint8Array(NOTES_BYTES_MAX), position: 0 })
    const text = new TextDecoder().decode(buffer.subarray(0, bytesRead))
    // Control characters could not be stored, or would break the line where it is shown; so would formatting ones.
    const line = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
    return [...line].slice(0, NOTES_CHARACTERS_MAX).join('') || undefined
  } finally {
    await handle.close()
  }
}
