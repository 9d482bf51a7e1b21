import type { Run } from '#lib/analysis/run.ts'
import type { Database } from '#lib/services.ts'
import { enterLane, type Lane, openLane, pauseLane, restLane } from './source-lanes-table.ts'

/** What all processes know about the hosts that FASTQ files come from. */
export interface Lanes {
  /** Seconds for which a run must wait for its host; undefined: it may start. */
  putOff: (run: Pick<Run, 'input' | 'projectId' | 'lane'>) => Promise<number | undefined>
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
  open: (lane) => openLane(db, lane),
  pause: (lane) => pauseLane(db, lane),
  rest: (lane, seconds) => restLane(db, lane, seconds),
})
