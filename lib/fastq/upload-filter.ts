import { z } from 'zod'
import { choice, QueryTime, QueryUuid, SortOrder, searchText } from '#lib/wire/query-fields.ts'
import { FASTQ_UPLOAD_STATUSES } from './fastq-upload.ts'

const Search = searchText(1_024)

/** Filters of the list of uploads. */
export const UploadFilter = z.object({
  search: Search,
  status: choice(FASTQ_UPLOAD_STATUSES).optional(),
})
export type UploadFilter = z.output<typeof UploadFilter>

export const SHEET_STATUSES = ['all', 'assigned', 'unassigned'] as const

/** How every version of Gencove's command line spells the statuses where it runs a prefix: the one spelling we tolerate. */
const PYTHON_SPELLING = /^SampleAssignmentStatus\.(?=(?:ALL|ASSIGNED|UNASSIGNED)$)/

/** Filters of the sample sheet. */
export const SheetFilter = z.object({
  search: Search,
  status: z
    .string()
    .transform((word) =>
      PYTHON_SPELLING.test(word) ? word.replace(PYTHON_SPELLING, '').toLowerCase() : word,
    )
    .pipe(choice(SHEET_STATUSES))
    .default('all'),
  /** Ours: of this project, or of the whole organisation and so anybody's to assign. */
  project: QueryUuid.optional(),
  /** Ours: with a URL that stops working before this time. */
  expires_before: QueryTime.optional(),
  sort_by: choice(['created', 'modified', 'client_id']).default('created'),
  sort_order: SortOrder,
})
export type SheetFilter = z.output<typeof SheetFilter>
