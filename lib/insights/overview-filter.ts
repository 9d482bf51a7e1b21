import { z } from 'zod'
import { REASONS } from '#lib/genotype/reason.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import { SAMPLE_STATUSES, type SampleStatus } from '#lib/samples/sample.ts'
import { SampleFilter } from '#lib/samples/sample-filter.ts'

const SORT_COLUMNS = ['modified', 'created', 'client_id'] as const

const isStatus = (text: string): text is SampleStatus => (SAMPLE_STATUSES as readonly string[]).includes(text)

/** Filters of the list of samples of several projects. What is unknown counts as not given; a project that is unknown has none. */
export const OverviewFilter = SampleFilter.extend({
  /** Only this one; without it all that the caller sees. */
  project: z.string().optional(),
  /** Any of these, separated by commas. */
  status: z
    .string()
    .optional()
    .transform((text) => text?.split(',').filter(isStatus))
    .transform((statuses) => (statuses?.length ? statuses : undefined)),
  /** Of the last file that was refused, or why the link ended. */
  reason: z.enum(REASONS).optional().catch(undefined),
  /** Of the accepted file. */
  vendor: z.enum(VENDORS).optional().catch(undefined),
  sort_by: z.enum(SORT_COLUMNS).default('modified').catch('modified'),
})
export type OverviewFilter = z.output<typeof OverviewFilter>
