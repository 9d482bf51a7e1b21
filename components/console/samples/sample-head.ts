import type { QueryClient } from '@tanstack/react-query'
import type { SampleOverview, SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'

/** What the top of a sample's page shows: of a sample that a list has shown, it is known before the sample is asked for. */
export interface SampleHead
  extends Pick<SampleDetails, 'id' | 'client_id' | 'reference' | 'project' | 'created' | 'last_status'> {
  vendor: SampleOverview['vendor']
  hasLink: boolean
  /** The last file that was refused. */
  refused: NonNullable<SampleDetails['upload_session']>['last_rejection']
}

export const headOf = ({ upload_session: session, ...sample }: SampleDetails): SampleHead => ({
  ...sample,
  vendor: session?.vendor ?? null,
  hasLink: session !== null,
  refused: session?.last_rejection ?? null,
})

/** The same by the latest list of samples that has shown it, if one has. */
export function listedHead(client: QueryClient, sampleId: string): SampleHead | undefined {
  const lists = client.getQueryCache().findAll({ queryKey: ['samples/'] })
  const latestFirst = lists.sort((one, other) => other.state.dataUpdatedAt - one.state.dataUpdatedAt)
  for (const { state } of latestFirst) {
    const listed = (state.data as SampleOverviewPage | undefined)?.results.find(({ id }) => id === sampleId)
    if (listed) return { ...listed, hasLink: listed.session_state !== null, refused: null }
  }
}
