import type { Run } from '#lib/analysis/run.ts'
import type { Database } from '#lib/services.ts'
import { ANSWER_MS, TRIAL_ANSWER_MS } from './limits.ts'
import { enterLane, type Lane, openLane, pauseLane, restLane, selectTrial } from './source-lanes-table.ts'

/** What all processes know about the hosts that FASTQ files come from. */
export interface Lanes {
  /** Seconds for which a run must wait for its host; undefined: it may start. */
  putOff: (run: Pick<Run, 'input' | 'projectId' | 'lane'>) => Promise<number | undefined>
  /** Milliseconds that its host has for the headers of a response. */
  patience: (lane: Lane) => Promise<number>
  open: (lane: Lane) => Promise<void>
  /** Returns true once the host has failed too often. */
  pause: (lane: Lane) => Promise<boolean>
  rest: (lane: Lane, seconds: number) => Promise<void>
}

export const lanesOf = (db: Database): Lanes => ({
  putOff: async ({ input, projectId, lane }) =>
    input.kind === 'fastq' && projectId !== null && lane !== null
      ? enterLane(db, { projectId, host: lane })
      : undefined,
  async patience(lane) {
    const failures = await selectTrial(db, lane)
    return failures === undefined
      ? ANSWER_MS
      : TRIAL_ANSWER_MS[Math.min(failures, TRIAL_ANSWER_MS.length - 1)]!
  },
  open: (lane) => openLane(db, lane),
  pause: (lane) => pauseLane(db, lane),
  rest: (lane, seconds) => restLane(db, lane, seconds),
})
