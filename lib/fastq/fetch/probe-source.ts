import type { Services } from '#lib/services.ts'
import {
  PROBE_PACE,
  PROBES_FAILING_MAX,
  PROBES_MAX,
  PROBES_PER_PROJECT_MAX,
  SOURCE_BYTES_MAX,
  TRIAL_ANSWER_MS,
} from './limits.ts'
import { type Lane, openLane, pauseLane, releaseLane } from './source-lanes-table.ts'

interface Probe extends Lane {
  failures: number
}

/** Hosts that were never asked, or that failed, are tried by short requests of their own: no worker waits for them. */
export interface Probes {
  hasRoom(probe: Probe): boolean
  /** Ask a lane that was entered for the beginning of a file. Records what comes of it; calls `onOpen` if the host responds. */
  begin(probe: Probe, url: string, onOpen: () => Promise<void>): void
  /** Abort what is under way, without blame for the hosts, and begin nothing more. */
  stop(): Promise<void>
}

export function createProbes({ db, outbound, log }: Pick<Services, 'db' | 'outbound' | 'log'>): Probes {
  const underWay = new Map<Probe, Promise<void>>()
  const stopping = new AbortController()
  const count = (wanted: (probe: Probe) => boolean) => [...underWay.keys()].filter(wanted).length

  async function probe(lane: Probe, url: string, onOpen: () => Promise<void>): Promise<void> {
    try {
      const found = await ask(outbound, lane, url, stopping.signal)
      if (found === 'silent') return void (await pauseLane(db, lane))
      await openLane(db, lane, { slow: found === 'slow' })
      await onOpen()
    } catch (err) {
      if (stopping.signal.aborted) await releaseLane(db, lane).catch(() => {})
      // The lane is tried again when its time has ended.
      else log.error({ err }, 'a source of FASTQ files could not be tried')
    }
  }

  return {
    hasRoom: ({ projectId, failures }) =>
      !stopping.signal.aborted &&
      underWay.size < PROBES_MAX &&
      count((other) => other.projectId === projectId) < PROBES_PER_PROJECT_MAX &&
      (failures === 0 || count((other) => other.failures > 0) < PROBES_FAILING_MAX),
    begin(lane, url, onOpen) {
      underWay.set(
        lane,
        probe(lane, url, onOpen).finally(() => underWay.delete(lane)),
      )
    },
    async stop() {
      stopping.abort(new Error('This process stops'))
      await Promise.all(underWay.values())
    },
  }
}

/** Whether the host responds, with whatever status, and whether the file then comes at a pace worth a worker. */
async function ask(
  outbound: Services['outbound'],
  { failures }: Probe,
  url: string,
  signal: AbortSignal,
): Promise<'silent' | 'slow' | 'fast'> {
  let responded = false
  const outcome = await outbound.stream(
    {
      url,
      headers: { range: `bytes=0-${PROBE_PACE.bytes - 1}` },
      answerMilliseconds: TRIAL_ANSWER_MS[Math.min(failures, TRIAL_ANSWER_MS.length - 1)]!,
      pace: PROBE_PACE,
      bytesMax: SOURCE_BYTES_MAX,
      signal,
    },
    async ({ body }) => {
      responded = true
      let bytes = 0
      for await (const chunk of body) {
        bytes += chunk.length
        if (bytes >= PROBE_PACE.bytes) break
      }
    },
  )
  if (!responded) return 'silent'
  return 'failure' in outcome && outcome.failure === 'too_slow' ? 'slow' : 'fast'
}
