import { z } from 'zod'
import { FASTQ_UPLOAD_STATUSES } from './fastq-upload.ts'

const Search = z.string().max(1_024).default('').catch('')

/** Filters of the list of uploads. What is unknown counts as not given. */
export const UploadFilter = z.object({
  search: Search,
  status: z.enum(FASTQ_UPLOAD_STATUSES).optional().catch(undefined),
})
export type UploadFilter = z.output<typeof UploadFilter>

export const SHEET_STATUSES = ['all', 'assigned', 'unassigned'] as const

/**
 * Filters of the sample sheet. What is unknown counts as not given; Gencove's CLI sends the Python spelling of an enum,
 * `SampleAssignmentStatus.UNASSIGNED`, which is known.
 */
export const SheetFilter = z.object({
  search: Search,
  status: z
    .string()
    .transform((status) => status.replace(/^.*\./, '').toLowerCase())
    .pipe(z.enum(SHEET_STATUSES))
    .default('all')
    .catch('all'),
  /** Ours: of this project, or of the whole organisation and so anybody's to assign. */
  project: z.uuid().optional().catch(undefined),
  /** Ours: with a URL that stops working before this time. */
  expires_before: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .catch(undefined),
  sort_by: z.enum(['created', 'modified', 'client_id']).default('created').catch('created'),
  sort_order: z.enum(['asc', 'desc']).default('desc').catch('desc'),
})
export type SheetFilter = z.output<typeof SheetFilter>
