import { z } from 'zod'
import { REASONS } from '#lib/genotype/reason.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import { referenceOf } from '#lib/samples/reference.ts'
import { presentSampleListItem, SampleListItem } from '#lib/samples/wire.ts'
import { SESSION_STATES, type SessionState } from '#lib/sessions/session.ts'
import type { ListedOverview } from './overviews-table.ts'

/** An item of `GET samples/`; ours. */
export const SampleOverview = SampleListItem.extend({
  project: z.uuid(),
  /** What the partner calls it, as in `SampleDetails`. */
  reference: z.string().nullable(),
  vendor: z.enum(VENDORS).nullable(),
  /** Why the link ended, else why its last file was refused. */
  reason: z.enum(REASONS).nullable(),
  session_state: z.enum(SESSION_STATES).nullable(),
  /** The beginning of the metadata as text. */
  metadata_excerpt: z.string().nullable(),
})
export type SampleOverview = z.infer<typeof SampleOverview>

/** A page of them: counted up to a bound, and whether there are more. */
export const SampleOverviewPage = z.object({
  meta: z.object({
    count: z.int(),
    more: z.boolean(),
    next: z.string().nullable(),
    previous: z.string().nullable(),
  }),
  results: z.array(SampleOverview),
})
export type SampleOverviewPage = z.infer<typeof SampleOverviewPage>

export const presentOverview = (overview: ListedOverview): SampleOverview => ({
  ...presentSampleListItem({ ...overview, metadata: null }),
  project: overview.project_id,
  reference: referenceOf({ id: overview.id, clientId: overview.client_id, metadata: overview.naming }),
  vendor: overview.vendor,
  reason: overview.reason,
  session_state: overview.session_state as SessionState | null,
  metadata_excerpt: overview.metadata_excerpt,
})
