import { destinationOf } from '#lib/fastq/map/destination.ts'
import type { MapRow } from '#lib/fastq/map/read-map.ts'
import { ApiProblem, callApi } from '../api/api.ts'

const AT_ONCE = 4
const TRIES_MAX = 6
const PAUSE_MILLISECONDS = 1_000

/** What became of a row: it is up, or the service refused it. */
export type RowOutcome = { id: string; warnings: string[] } | { refusal: string }

interface Sending {
  destination: string
  /** Whose the files are to be; null: the whole organisation's. */
  projectId: string | null
  signal: AbortSignal
  onOutcome(row: MapRow, outcome: RowOutcome): void
}

/**
 * Hand the URLs of a map over, several at a time. A row that is refused stops no other. Rejects with an `ApiProblem` when
 * nobody may do this at all, or when the service stays away; with an `AbortError` when it is stopped.
 */
export async function sendMap(rows: readonly MapRow[], sending: Sending): Promise<void> {
  const waiting = rows.values()
  const lane = async () => {
    for (const row of waiting) sending.onOutcome(row, await sendRow(row, sending))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}

async function sendRow(row: MapRow, { destination, projectId, signal }: Sending): Promise<RowOutcome> {
  for (let tried = 1; ; tried++) {
    signal.throwIfAborted()
    try {
      return await callApi<{ id: string; warnings: string[] }>('uploads-url/', {
        method: 'POST',
        body: {
          destination_path: destinationOf(destination, row.clientId, row.rNotation),
          source_url: row.url,
          ...(projectId === null ? {} : { project_id: projectId }),
        },
        signal,
      })
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (error.status === 400)
        return { refusal: Object.values(error.fields).flat().join(' ') || error.message }
      const passing = error.status === 0 || error.status === 429 || error.status >= 500
      // The same URL to the same destination again is the same upload, so it is safe to ask again.
      if (!passing || tried === TRIES_MAX) throw error
      await pause(PAUSE_MILLISECONDS * 2 ** (tried - 1), signal)
    }
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(signal.reason)
      },
      { once: true },
    )
  })
