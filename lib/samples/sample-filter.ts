import { z } from 'zod'
import { SAMPLE_STATUSES, type SampleStatus } from './sample.ts'

/** What Gencove's status filters stand for; our own status words are taken as they are. */
const STATUS_GROUPS: Record<string, readonly SampleStatus[]> = {
  completed: ['succeeded', 'failed', 'failed qc'],
  succeeded: ['succeeded'],
  failed: ['failed', 'failed qc'],
  running: ['scheduled', 'running'],
  ...Object.fromEntries(
    SAMPLE_STATUSES.filter((status) => !['succeeded', 'failed', 'running'].includes(status)).map((status) => [
      status,
      [status],
    ]),
  ),
}

export const SORT_COLUMNS = ['modified', 'created', 'client_id', 'id', 'status'] as const

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
    .transform((status) => STATUS_GROUPS[status ?? '']),
  sort_by: z.enum(SORT_COLUMNS).default('modified').catch('modified'),
  sort_order: z.enum(['asc', 'desc']).default('desc').catch('desc'),
  created_after: Time,
  created_before: Time,
  modified_after: Time,
  modified_before: Time,
})
export type SampleFilter = z.output<typeof SampleFilter>
