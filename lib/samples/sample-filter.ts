import { z } from 'zod'
import { isAnalysed, SAMPLE_STATUSES, type SampleStatus } from './sample.ts'

/**
 * The widest of Gencove's status filters that finds a status, beside `completed`, which finds whatever was analysed.
 * Null: only its own word finds it.
 */
const GROUP_OF: Record<SampleStatus, 'succeeded' | 'failed' | 'running' | null> = {
  'consumer awaiting data': null,
  'consumer session expired': null,
  scheduled: 'running',
  running: 'running',
  succeeded: 'succeeded',
  'failed qc': 'failed',
  failed: 'failed',
  canceled: null,
}

/** Statuses that a filter's word stands for: a group's name, or a status as it is. */
const STATUSES_OF: Readonly<Record<string, readonly SampleStatus[]>> = {
  completed: SAMPLE_STATUSES.filter(isAnalysed),
  ...Object.fromEntries(
    SAMPLE_STATUSES.map((word) => [
      word,
      SAMPLE_STATUSES.filter((status) => status === word || GROUP_OF[status] === word),
    ]),
  ),
}

const SORT_COLUMNS = ['modified', 'created', 'client_id', 'id', 'status'] as const

const Time = z.iso
  .datetime({ offset: true, local: true })
  .transform((text) => new Date(text))
  .optional()
  .catch(undefined)

/**
 * Filters of a sample list. What is unknown is ignored rather than refused: Gencove's CLI sends the Python spelling of
 * an enum (`SampleAssignmentStatus.ALL`) as a value.
 */
export const SampleFilter = z.object({
  /** Part of the id, of the client id or of the metadata. NUL cannot be stored, so nothing contains it. */
  search: z.string().max(255).default('').catch(''),
  status: z
    .string()
    .optional()
    .transform((status) => STATUSES_OF[status ?? '']),
  sort_by: z.enum(SORT_COLUMNS).default('modified').catch('modified'),
  sort_order: z.enum(['asc', 'desc']).default('desc').catch('desc'),
  created_after: Time,
  created_before: Time,
  modified_after: Time,
  modified_before: Time,
})
export type SampleFilter = z.output<typeof SampleFilter>
