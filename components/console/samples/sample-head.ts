import { type QueryClient, replaceEqualDeep } from '@tanstack/react-query'
import type { SampleOverview, SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { leadsNowhere } from '../api/problem-words.ts'

/** What the top of a sample's page shows: of a sample that a list has shown, it is known before the sample is asked for. */
export interface SampleHead extends Told {
  vendor: SampleOverview['vendor']
  hasLink: boolean
  /** The last file that was refused. */
  refused: NonNullable<SampleDetails['upload_session']>['last_rejection']
}

type Told = Pick<SampleDetails, 'id' | 'client_id' | 'reference' | 'project' | 'created' | 'last_status'>

/** Only what the head is made of: so two of them can be seen to be the same. */
const headOf = (
  { id, client_id, reference, project, created, last_status }: Told,
  { vendor, hasLink, refused }: Pick<SampleHead, 'vendor' | 'hasLink' | 'refused'>,
): SampleHead => ({ id, client_id, reference, project, created, last_status, vendor, hasLink, refused })

/**
 * What is known of a sample: its own answer or, until there is one and while it fails, what a list has said. The very same
 * where the answer says the same, so that nothing is drawn again. Nothing once there is no such sample for the person.
 */
export function knownHead(
  { data, error }: { data: SampleDetails | undefined; error: Error | null },
  listed: SampleHead | undefined,
): SampleHead | undefined {
  if (!data) return leadsNowhere(error) ? undefined : listed
  const session = data.upload_session
  const own = headOf(data, {
    vendor: session?.vendor ?? null,
    hasLink: session !== null,
    refused: session?.last_rejection ?? null,
  })
  return replaceEqualDeep(listed, own)
}

/** What the latest list of samples that has shown it said of a sample, if one has. */
export function listedHead(client: QueryClient, sampleId: string): SampleHead | undefined {
  const lists = client.getQueryCache().findAll({ queryKey: ['samples/'] })
  const latestFirst = lists.sort((one, other) => other.state.dataUpdatedAt - one.state.dataUpdatedAt)
  for (const { state } of latestFirst) {
    const listed = (state.data as SampleOverviewPage | undefined)?.results.find(({ id }) => id === sampleId)
    if (!listed) continue
    const { vendor, session_state } = listed
    return headOf(listed, { vendor, hasLink: session_state !== null, refused: null })
  }
}
