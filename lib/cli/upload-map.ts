import { createHash, randomUUID } from 'node:crypto'
import { defaultDestination, destinationOf } from '#lib/fastq/map/destination.ts'
import type { MapRow } from '#lib/fastq/map/read-map.ts'
import { assignSamples, type SampleToBe, untilListed } from './assign-samples.ts'
import { Failure } from './failure.ts'
import type { PartnerClient } from './partner-client.ts'
import type { MapFile } from './read-map-file.ts'
import { type SaidOfRow, sendUploads } from './send-uploads.ts'
import {
  type AssignedSample,
  goesOn,
  journalFile,
  readJournal,
  removeJournal,
  type UploadJournal,
  writeJournal,
} from './upload-journal.ts'

/** A crash may lose this much of the journal; repeating a request returns the same upload. */
const JOURNAL_MS = 500

interface Uploading {
  /** Path of the map; its journal is next to it. */
  file: string
  map: MapFile
  /** Origin of the service. */
  host: string
  destination: string | undefined
  resume: boolean
  /** The project to assign the uploads to; undefined: do not assign them. */
  project: string | undefined
  metadata: unknown
  say(message: string): void
  onProgress(done: number): void
}

export interface Uploaded {
  destination: string
  uploads: { client_id: string; r_notation: string; upload: string }[]
  /** Undefined without a project. */
  samples: AssignedSample[] | undefined
  refused: SaidOfRow[]
  /** Warnings about rows sent in this run. */
  warnings: SaidOfRow[]
  /** To call once the result has been stored safely. */
  forget(): Promise<void>
}

/** Upload everything in a map and assign it to samples, resuming an earlier run. Refused rows end it before samples are created. */
export async function uploadMap(client: PartnerClient, uploading: Uploading): Promise<Uploaded> {
  const { map, project, metadata, say } = uploading
  const file = journalFile(uploading.file)
  const journal = await openJournal(file, uploading)
  const keep = keeper(file, journal, say)
  const idOf = (row: MapRow) => journal.uploads[rowDigest(row)]
  const { destination } = journal
  say(`Files will be uploaded to: ${destination}`)
  let done = map.rows.filter((row) => idOf(row) !== undefined).length
  if (done > 0) say(`Resuming an earlier upload: ${done} of ${map.rows.length} files are already uploaded.`)
  uploading.onProgress(done)
  await keep.now()
  const warnings: SaidOfRow[] = []
  let refused: SaidOfRow[]
  try {
    refused = await sendUploads(client, map.rows, {
      destination,
      known: idOf,
      async onUploaded(row, id, said) {
        warnings.push(...said.map((message) => ({ line: row.line, message })))
        journal.uploads[rowDigest(row)] = id
        done += 1
        uploading.onProgress(done)
        await keep.soon()
      },
    })
    journal.settled = true
  } finally {
    await keep.now()
  }
  const uploads = map.rows.flatMap((row) => {
    const upload = idOf(row)
    return upload === undefined ? [] : [{ client_id: row.clientId, r_notation: row.rNotation, upload }]
  })
  const outcome = { destination, uploads, refused, warnings, forget: () => removeJournal(file) }
  if (refused.length > 0) return { ...outcome, samples: undefined }
  say('All files were successfully processed.')
  if (project === undefined) return { ...outcome, samples: undefined }

  say(`Assigning uploads to project ${project}`)
  const toBe = samplesOf(map.rows, destination, idOf)
  const samples = await untilListed(client, destination, toBe)
    .then(() =>
      assignSamples(client, toBe, {
        project,
        metadata,
        known: (key) => journal.assigned[key],
        async onAssigned(key, made) {
          journal.assigned[key] = made
          await keep.now()
        },
      }),
    )
    .catch((error: unknown) => {
      throw error instanceof Failure ? notAssigned(project, error) : error
    })
  say('Assigned all samples to a project')
  return { ...outcome, samples }
}

const notAssigned = (project: string, cause: Failure) =>
  new Failure(
    cause.exitCode,
    'Your files were successfully uploaded, but there was an error automatically running them and assigning them to ' +
      `project id ${project}: start the same command again.\n${cause.message}`,
    { cause },
  )

async function openJournal(
  file: string,
  { map, host, destination, resume, say }: Uploading,
): Promise<UploadJournal> {
  const before = await readJournal(file)
  const rows = new Set(map.rows.map(rowDigest))
  if (before && resume && goesOn(before, { host, map: map.digest, rows, destination })) {
    return { ...before, map: map.digest, settled: false }
  }
  if (before && Object.keys(before.uploads).length > 0) {
    say(
      `An earlier upload of this map is not resumed: ${Object.keys(before.uploads).length} files stay at ` +
        `${before.destination} (arraydrop fastqs delete --destination ${before.destination}).`,
    )
  }
  return {
    version: 1,
    host,
    map: map.digest,
    settled: false,
    destination: destination ?? defaultDestination(new Date(), randomUUID()),
    uploads: {},
    assigned: {},
  }
}

/** Writes the journal, one write at a time. When it cannot be written, that is reported once, and the upload continues. */
function keeper(file: string, journal: UploadJournal, say: (message: string) => void) {
  let last = performance.now()
  let writing: Promise<void> = Promise.resolve()
  let broken = false
  const now = () => {
    last = performance.now()
    writing = writing.then(async () => {
      if (broken) return
      await writeJournal(file, journal).catch(() => {
        broken = true
        say(`Cannot write ${file}: to resume after an interruption, give the destination.`)
      })
    })
    return writing
  }
  return { now, soon: async () => void (performance.now() - last > JOURNAL_MS && (await now())) }
}

const rowDigest = ({ clientId, rNotation, url }: MapRow): string =>
  createHash('sha256')
    .update(JSON.stringify([clientId, rNotation, url]))
    .digest('hex')

/** Pairs, in the order of their R1 in the map. */
function samplesOf(
  rows: readonly MapRow[],
  destination: string,
  idOf: (row: MapRow) => string | undefined,
): SampleToBe[] {
  const fileOf = (row: MapRow) => ({
    upload: idOf(row)!,
    destination_path: destinationOf(destination, row.clientId, row.rNotation),
  })
  const second = new Map(rows.flatMap((row) => (row.rNotation === 'R2' ? [[row.clientId, row]] : [])))
  return rows
    .filter(({ rNotation }) => rNotation === 'R1')
    .map((row) => {
      const r2 = second.get(row.clientId)
      return { client_id: row.clientId, fastq: { r1: fileOf(row), ...(r2 ? { r2: fileOf(r2) } : {}) } }
    })
}
