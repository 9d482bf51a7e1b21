import { z } from 'zod'
import { REASONS } from '#lib/genotype/reason.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import { SAMPLE_STATUSES } from '#lib/samples/sample.ts'
import { SHARED_SAMPLE_FILTERS } from '#lib/samples/sample-filter.ts'
import { choice, QueryUuid } from '#lib/wire/query-fields.ts'

const SORT_COLUMNS = ['modified', 'created', 'client_id'] as const

/** Filters of the list of samples of several projects. A project that is unknown has none. */
export const OverviewFilter = z.object({
  ...SHARED_SAMPLE_FILTERS,
  /** Only this one; without it all that the caller sees. */
  project: QueryUuid.optional(),
  /** Any of these, separated by commas. */
  status: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(choice(SAMPLE_STATUSES)))
    .optional(),
  /** Of the last file that was refused, or why the link ended. */
  reason: choice(REASONS).optional(),
  /** Of the accepted file. */
  vendor: choice(VENDORS).optional(),
  sort_by: choice(SORT_COLUMNS).default('modified'),
})
export type OverviewFilter = z.output<typeof OverviewFilter>

/** The same for a walk over all samples, which has an order of its own. */
export const OverviewConditions = OverviewFilter.omit({ sort_by: true, sort_order: true })
export type OverviewConditions = z.output<typeof OverviewConditions>
