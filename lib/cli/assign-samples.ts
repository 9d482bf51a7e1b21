import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type AssignAnswer, SAMPLES_MAX } from '#lib/fastq/wire.ts'
import { EXIT, Failure } from './failure.ts'
import type { PartnerClient } from './partner-client.ts'
import { readSheet, uploadsOf } from './sample-sheet.ts'
import type { AssignedSample } from './upload-journal.ts'

const PAUSE_MS = [250, 500, 1_000, 2_000, 5_000]
const SHEET_MS_MAX = 300_000
const SHEET_ROWS_MAX = 1_000_000

interface File {
  upload: string
  destination_path: string
}

/** A sample to create, with its files by id. */
export interface SampleToBe {
  client_id: string
  fastq: { r1: File; r2?: File }
}

interface Assigning {
  project: string
  metadata: unknown
  /** Samples created earlier with this Idempotency-Key. */
  known(key: string): AssignedSample[] | undefined
  onAssigned(key: string, samples: AssignedSample[]): Promise<void>
}

/** Wait until the service lists all of these uploads. Throws a `Failure` when that takes too long. */
export async function untilListed(
  client: PartnerClient,
  destination: string,
  samples: readonly SampleToBe[],
): Promise<void> {
  const until = performance.now() + SHEET_MS_MAX
  for (let look = 0; ; look++) {
    const rows = await readSheet(client, { search: destination, status: 'all', max: SHEET_ROWS_MAX })
    const listed = new Set(rows.flatMap(uploadsOf))
    if (
      samples.every(({ fastq }) => listed.has(fastq.r1.upload) && (!fastq.r2 || listed.has(fastq.r2.upload)))
    ) {
      return
    }
    if (performance.now() > until) {
      throw new Failure(EXIT.refused, 'The service does not list all of the uploads.')
    }
    await wait(PAUSE_MS[Math.min(look, PAUSE_MS.length - 1)]!)
  }
}

/**
 * Assign uploads to new samples. Each call is all or nothing, and its Idempotency-Key is derived from its content, so
 * that repeating a call whose response was lost creates nothing twice.
 */
export async function assignSamples(
  client: PartnerClient,
  samples: readonly SampleToBe[],
  { project, metadata, known, onAssigned }: Assigning,
): Promise<AssignedSample[]> {
  const assigned: AssignedSample[] = []
  for (let from = 0; from < samples.length; from += SAMPLES_MAX) {
    const body = { uploads: samples.slice(from, from + SAMPLES_MAX), metadata }
    const key = createHash('sha256')
      .update(JSON.stringify([project, body]))
      .digest('hex')
    const before = known(key)
    if (before !== undefined) {
      assigned.push(...before)
      continue
    }
    const path = `/api/v2/project-samples/${project}`
    const answer = await client.post<AssignAnswer>(path, body, { 'Idempotency-Key': key })
    const made = answer.uploads.map(withoutNulls)
    await onAssigned(key, made)
    assigned.push(...made)
  }
  return assigned
}

/** In the form that Gencove's command line writes. */
const withoutNulls = ({
  client_id,
  fastq: { r1, r2 },
  sample,
}: AssignAnswer['uploads'][number]): AssignedSample => ({
  client_id,
  fastq: r2 === null ? { r1 } : { r1, r2 },
  sample,
})
