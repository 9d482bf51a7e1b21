import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const AssignedSample = z.object({
  client_id: z.string(),
  fastq: z.object({ r1: z.object({ upload: z.string() }), r2: z.object({ upload: z.string() }).optional() }),
  sample: z.string(),
})
export type AssignedSample = z.infer<typeof AssignedSample>

const Stored = z.object({
  version: z.literal(1),
  host: z.string(),
  /** SHA-256 of the whole map. */
  map: z.string(),
  /** It ended cleanly: no request was in flight. */
  settled: z.boolean(),
  destination: z.string(),
  /** Ids of uploads by the SHA-256 of their rows, so that no URL is written. */
  uploads: z.record(z.string(), z.string()),
  /** Samples by the Idempotency-Key they were created with. */
  assigned: z.record(z.string(), z.array(AssignedSample)),
})

/** What is known about an upload that is started again. */
export type UploadJournal = z.infer<typeof Stored>

export const journalFile = (map: string): string =>
  path.join(path.dirname(map), `.${path.basename(map)}.arraydrop-upload.json`)

/** The journal of a map; undefined when there is none, or it cannot be read. */
export async function readJournal(file: string): Promise<UploadJournal | undefined> {
  try {
    return Stored.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}

interface Wanted {
  host: string
  /** SHA-256 of the whole map. */
  map: string
  /** SHA-256 of each of its rows. */
  rows: ReadonlySet<string>
  /** Undefined: any destination. */
  destination: string | undefined
}

/**
 * Whether an upload resumes where this journal ended: for the same map, or for one that was corrected after the service
 * refused rows and still contains everything already uploaded.
 */
export const goesOn = (journal: UploadJournal, { host, map, rows, destination }: Wanted): boolean =>
  journal.host === host &&
  (destination === undefined || destination === journal.destination) &&
  (journal.map === map || (journal.settled && Object.keys(journal.uploads).every((row) => rows.has(row))))

/** Replace the journal atomically: a crash leaves the old one or the new one, readable by this user only. */
export async function writeJournal(file: string, journal: UploadJournal): Promise<void> {
  const next = `${file}.new`
  await rm(next, { force: true })
  await writeFile(next, JSON.stringify(journal), { mode: 0o600, flag: 'wx' })
  await chmod(next, 0o600)
  await rename(next, file)
}

export const removeJournal = (file: string): Promise<void> => rm(file, { force: true })
