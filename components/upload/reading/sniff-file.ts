import { FILE_BYTES_MAX } from '#lib/genotype/limits.ts'
import { sniffArchive } from '#lib/genotype/sniff-archive.ts'
import type { Policy, Sniffed, Verdict } from '#lib/genotype/verdict.ts'
import { fromBytes } from '#lib/genotype/zip/byte-source.ts'
import { JSZIP_INFLATER } from './inflate-with-jszip.ts'

/** The page's verdict, with the bytes it applies to: exactly these are hashed and sent, even if the file changes meanwhile. */
export interface SniffedFile {
  verdict: Verdict<Sniffed>
  /** Missing when the file was refused unread. */
  bytes?: Uint8Array<ArrayBuffer>
}

/**
 * Reads a chosen file whole, at most `FILE_BYTES_MAX` bytes, and checks its head. Rejects only when the inflater
 * cannot be loaded: then there is no verdict, and trying again may help.
 */
export async function sniffFile(file: File, policy: Policy): Promise<SniffedFile> {
  if (file.size > FILE_BYTES_MAX) return { verdict: { ok: false, faults: [{ reason: 'file_too_large' }] } }
  const bytes = await readWhole(file)
  if (!bytes) return { verdict: { ok: false, faults: [{ reason: 'file_unreadable' }] } }
  return { verdict: await sniffArchive(fromBytes(bytes), JSZIP_INFLATER, policy), bytes }
}

/** Undefined when the browser cannot read the bytes: a cloud drive's placeholder, a file that was moved or changed. */
async function readWhole(file: File): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return undefined
  }
}
