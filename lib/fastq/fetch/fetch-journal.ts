import { readFile, rename, writeFile } from 'node:fs/promises'

/** What is known of a file under way, so that another process can resume it. Holds no URL. */
export interface FetchJournal {
  uploadId: string
  /** Bytes that are on the disk for certain. */
  bytes: number
  /** Of the file at its source; null until it is known, and where the source does not say. */
  size: number | null
  etag: string | null
  whole: boolean
  /** Of the whole file once it was checked: from then on it must stay the same. */
  sha256: string | null
  /** How long it has been fetched, over all attempts, while the process lived: a machine that stood still does not count. */
  seconds: number
}

/** The journal of an upload; undefined when there is none that fits. */
export async function readFetchJournal(file: string, uploadId: string): Promise<FetchJournal | undefined> {
  try {
    // One of an earlier release does not say how long it took.
    const journal = { seconds: 0, ...JSON.parse(await readFile(file, 'utf8')) } as FetchJournal
    return journal.uploadId === uploadId ? journal : undefined
  } catch {
    // None, or half of one: the file is fetched again.
    return undefined
  }
}

/** Replace a journal; a killed process leaves the old one or the new one. */
export async function writeFetchJournal(file: string, journal: FetchJournal): Promise<void> {
  await writeFile(`${file}.next`, JSON.stringify(journal), { mode: 0o600 })
  await rename(`${file}.next`, file)
}
