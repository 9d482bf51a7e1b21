import { z } from 'zod'
import { WireTime, wireTime } from '#lib/wire/fields.ts'
import { RUN_STATES } from './run.ts'
import type { RunRow } from './runs-table.ts'

/** An item of `GET sample-runs/{sample_id}`; ours. */
export const WireRun = z.object({
  id: z.uuid(),
  state: z.enum(RUN_STATES),
  kind: z.enum(['array', 'fastq']),
  note: z.string(),
  /** How often a worker began it: more than once after a crash. */
  attempts: z.int(),
  created: WireTime,
  started_at: WireTime.nullable(),
  ended_at: WireTime.nullable(),
  /** The panel that the sample is imputed with; null: it is not imputed. */
  panel: z.string().nullable(),
  /** How far a long run has come; null for others. */
  progress: z.object({ steps: z.int(), steps_done: z.int(), seconds_left: z.int().nullable() }).nullable(),
  /** Processor time of the programs that it ran; null where unknown. */
  cpu_seconds: z.number().nullable(),
})
export type WireRun = z.infer<typeof WireRun>

export const presentRun = (row: RunRow): WireRun => ({
  id: row.id,
  state: row.state,
  kind: row.kind as WireRun['kind'],
  note: row.note,
  attempts: row.attempts,
  created: wireTime(row.created),
  started_at: row.started_at && wireTime(row.started_at),
  ended_at: row.ended_at && wireTime(row.ended_at),
  panel: row.panel_id,
  progress: row.progress && {
    steps: row.progress.steps,
    steps_done: row.progress.stepsDone,
    seconds_left: row.progress.secondsLeft,
  },
  cpu_seconds: row.cpu_seconds,
})
