import { z } from 'zod'
import { wireTime } from '#lib/wire/fields.ts'
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
  created: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
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
})
