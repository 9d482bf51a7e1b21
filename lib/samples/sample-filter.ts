import { z } from 'zod'
import { choice, QueryTime, QueryTimeFrom, SortOrder, searchText } from '#lib/wire/query-fields.ts'
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
const STATUSES_OF: ReadonlyMap<string, readonly SampleStatus[]> = new Map([
  ['completed', SAMPLE_STATUSES.filter(isAnalysed)],
  ...SAMPLE_STATUSES.map((word): [string, SampleStatus[]] => [
    word,
    SAMPLE_STATUSES.filter((status) => status === word || GROUP_OF[status] === word),
  ]),
])

const SORT_COLUMNS = ['modified', 'created', 'client_id', 'id', 'status'] as const

/** Filters that lists of samples share. What is not understood is refused: see `readQuery`. */
export const SHARED_SAMPLE_FILTERS = {
  /** Part of the id, of the client id or of the metadata. */
  search: searchText(255),
  sort_order: SortOrder,
  created_after: QueryTimeFrom.optional(),
  created_before: QueryTime.optional(),
  modified_after: QueryTimeFrom.optional(),
  modified_before: QueryTime.optional(),
  hidden_status: choice(['visible', 'hidden', 'all']).default('visible'),
}

const { sort_order, ...SHARED_CONDITIONS } = SHARED_SAMPLE_FILTERS

/** Which samples of a project, with the words of Gencove's command line. */
export const SampleConditions = z.object({
  ...SHARED_CONDITIONS,
  status: choice(['all', ...STATUSES_OF.keys()])
    .default('all')
    .transform((word) => STATUSES_OF.get(word)),
  /** No sample of ours is ever archived. */
  archive_status: choice(['all', 'available', 'archived', 'restore_requested']).default('all'),
})
export type SampleConditions = z.output<typeof SampleConditions>

/** Filters of the list of the samples of a project. */
export const SampleFilter = z.object({
  ...SampleConditions.shape,
  sort_order,
  sort_by: choice(SORT_COLUMNS).default('modified'),
})
export type SampleFilter = z.output<typeof SampleFilter>
