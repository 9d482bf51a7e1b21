import type { QueryClient } from '@tanstack/react-query'
import type { SampleOverview, SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { leadsNowhere } from '../api/problem-words.ts'

/** What the top of a sample's page shows: of a sample that a list has shown, it is known before the sample is asked for. */
export interface SampleHead
  extends Pick<SampleDetails, 'id' | 'client_id' | 'reference' | 'project' | 'created' | 'last_status'> {
  vendor: SampleOverview['vendor']
  hasLink: boolean
  /** The last file that was refused. */
  refused: NonNullable<SampleDetails['upload_session']>['last_rejection']
}

const headOf = ({ upload_session: session, ...sample }: SampleDetails): SampleHead => ({
  ...sample,
  vendor: session?.vendor ?? null,
  hasLink: session !== null,
  refused: session?.last_rejection ?? null,
})

/**
 * What is known of a sample: its own answer or, until there is one and while it fails, what a list has said. Nothing once there
 * is no such sample for the person.
 */
export const knownHead = (
  { data, error }: { data: SampleDetails | undefined; error: Error | null },
  listed: SampleHead | undefined,
): SampleHead | undefined => (data ? headOf(data) : leadsNowhere(error) ? undefined : listed)

/** What the latest list of samples that has shown it said of a sample, if one has. */
export function listedHead(client: QueryClient, sampleId: string): SampleHead | undefined {
  const lists = client.getQueryCache().findAll({ queryKey: ['samples/'] })
  const latestFirst = lists.sort((one, other) => other.state.dataUpdatedAt - one.state.dataUpdatedAt)
  for (const { state } of latestFirst) {
    const listed = (state.data as SampleOverviewPage | undefined)?.results.find(({ id }) => id === sampleId)
    if (listed) return { ...listed, hasLink: listed.session_state !== null, refused: null }
  }
}
