import { FILE_BYTES_MAX } from '#lib/genotype/limits.ts'
import { sniffArchive } from '#lib/genotype/sniff-archive.ts'
import type { Policy, Sniffed, Verdict } from '#lib/genotype/verdict.ts'
import { fromBytes } from '#lib/genotype/zip/byte-source.ts'
import { inflateWithJSZip } from './inflate-with-jszip.ts'

/** A verdict in the page, with the bytes it is about: they are what is hashed and sent, so that the file may change meanwhile. */
export interface SniffedFile {
  verdict: Verdict<Sniffed>
  /** Missing when the file was refused unread. */
  bytes?: Uint8Array<ArrayBuffer>
}

/**
 * Read a picked file whole, at most `FILE_BYTES_MAX` bytes, and judge its head. Rejects only when the inflater
 * cannot be loaded: then there is no verdict, and asking again may help.
 */
export async function sniffFile(file: File, policy: Policy): Promise<SniffedFile> {
  if (file.size > FILE_BYTES_MAX) return { verdict: { ok: false, faults: [{ reason: 'file_too_large' }] } }
  const bytes = await readWhole(file)
  if (!bytes) return { verdict: { ok: false, faults: [{ reason: 'file_unreadable' }] } }
  return { verdict: await sniffArchive(fromBytes(bytes), inflateWithJSZip, policy), bytes }
}

/** Undefined when the browser cannot get at the bytes: a placeholder of a cloud drive, a file that was moved or changed. */
async function readWhole(file: File): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return undefined
  }
}
