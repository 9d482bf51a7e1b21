import { destinationOf } from '#lib/fastq/map/destination.ts'
import type { MapRow } from '#lib/fastq/map/read-map.ts'
import { ApiProblem, callApi, isOffline } from '../api/api.ts'
import { mayPass } from '../api/problem-words.ts'

const AT_ONCE = 4
const TRIES_MAX = 6
const PAUSE_MS = 1_000

/** The service accepted a row, or refused it. */
export type RowOutcome = { id: string; warnings: string[] } | { refusal: string }

interface Sending {
  destination: string
  /** The project that will own the files; null for the whole organisation. */
  projectId: string | null
  signal: AbortSignal
  onOutcome(row: MapRow, outcome: RowOutcome): void
}

/**
 * Sends the URLs of a map, several at a time. A refused row stops no other. Rejects with an `ApiProblem` when the person
 * lacks the right or the service stays unreachable, and with an `AbortError` when it is stopped.
 */
export async function sendMap(rows: readonly MapRow[], sending: Sending): Promise<void> {
  const waiting = rows.values()
  const lane = async () => {
    for (const row of waiting) sending.onOutcome(row, await sendRow(row, sending))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}

async function sendRow(row: MapRow, { destination, projectId, signal }: Sending): Promise<RowOutcome> {
  try {
    // The same URL and destination are the same upload, so it is safe to repeat the request.
    return await untilAnswered(signal, () =>
      callApi<{ id: string; warnings: string[] }>('uploads-url/', {
        method: 'POST',
        body: {
          destination_path: destinationOf(destination, row.clientId, row.rNotation),
          source_url: row.url,
          ...(projectId === null ? {} : { project_id: projectId }),
        },
        signal,
      }),
    )
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 400) throw error
    return { refusal: Object.values(error.fields).flat().join(' ') || error.message }
  }
}

/**
 * Makes a request that is safe to repeat, and repeats it while the service cannot be reached, is busy, or is still at work
 * on it. Rejects with the last refusal, at once where the browser has no connection, and with an `AbortError` when it is
 * stopped.
 */
export async function untilAnswered<Answer>(
  signal: AbortSignal,
  ask: () => Promise<Answer>,
  wait: typeof pause = pause,
): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    signal.throwIfAborted()
    try {
      return await ask()
    } catch (error) {
      const passes = error instanceof ApiProblem && (mayPass(error) || error.status === 409)
      // Once the browser has no connection, nothing goes on by itself.
      if (!passes || tried === TRIES_MAX || isOffline()) throw error
      await wait(PAUSE_MS * 2 ** (tried - 1), signal)
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
