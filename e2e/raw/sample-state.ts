import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { expect } from '../fixtures.ts'
import type { Partner } from '../service/partner.ts'
import type { Service } from '../service/start-service.ts'

/** A look costs the service as much as a tenth of what is waited for. */
const GAPS_MS = [100, 200, 400]

/** Wait until a sample has this status: so long as only what hangs takes, or a killed worker’s job to come back. */
export async function untilStatus(
  partner: Partner,
  sampleId: string,
  status: string,
  { seconds = 90 } = {},
): Promise<void> {
  const look = async () => (await partner.sample(sampleId)).last_status.status
  await expect.poll(look, { timeout: seconds * 1_000, intervals: GAPS_MS }).toBe(status)
}

/** Every status the sample has had, oldest first. */
export async function statusHistoryOf(partner: Partner, sampleId: string): Promise<string[]> {
  const response = await partner.call('GET', `/api/v2/sample-statuses/${sampleId}?limit=200`)
  const { results } = (await response.json()) as { results: { status: string }[] }
  return results.map(({ status }) => status).toReversed()
}

/** What happened to the upload session, oldest first. */
export async function timelineOf(
  partner: Partner,
  sampleId: string,
): Promise<{ kind: string; reason: string | null }[]> {
  const response = await partner.call('GET', `/api/v2/array-data-upload-form/${sampleId}`)
  const { events } = (await response.json()) as { events: { kind: string; reason: string | null }[] }
  return events.map(({ kind, reason }) => ({ kind, reason }))
}

/** SHA-256 of every received file that is stored for a sample, without the results of its analysis. */
export async function storedDigests(service: Service, sampleId: string): Promise<string[]> {
  const kept = await filesBelow(path.join(service.dataDir, 'files', 'samples', sampleId))
  const files = kept.filter((file) => !file.includes(`${path.sep}runs${path.sep}`))
  return Promise.all(
    files.map(async (file) =>
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ),
  )
}

/** Names of the unfinished uploads of a sample. */
export async function partsOf(service: Service, sampleId: string): Promise<string[]> {
  const names = await readdir(path.join(service.dataDir, 'parts'))
  return names.filter((name) => name.startsWith(sampleId))
}

/** Bytes that the server has of an unfinished upload. Reads the disk, because requests are limited to one a second. */
export async function bytesThere(service: Service, uploadPath: string): Promise<number> {
  const file = path.join(service.dataDir, 'parts', path.basename(uploadPath))
  // Gone: its check is over.
  return stat(file).then(
    ({ size }) => size,
    () => Number.POSITIVE_INFINITY,
  )
}

/** Wait until the server has more than so many bytes of an upload. */
export async function untilBytesThere(service: Service, uploadPath: string, more: number): Promise<void> {
  const look = () => bytesThere(service, uploadPath)
  await expect.poll(look, { intervals: [10, 20, 50] }).toBeGreaterThan(more)
}

export async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}
