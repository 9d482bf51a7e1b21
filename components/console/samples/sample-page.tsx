'use client'

import { Group, Paper, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, memo, type ReactNode, useContext, useMemo, useState } from 'react'
import { nameVendor } from '#lib/genotype/vendors.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { useApi } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useChosenProject, useProjectCrumbs, useProjectInAddress } from '../frame/chosen-project.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useTabs } from '../frame/use-tabs.ts'
import { AfterTheRest } from '../kit/after-the-rest.tsx'
import { ApiResult, LoadingLines } from '../kit/api-result.tsx'
import { Columns } from '../kit/columns.tsx'
import { CopyButton } from '../kit/copy-button.tsx'
import { nameSample } from '../kit/name-sample.ts'
import { NotFoundNotice } from '../kit/not-found-notice.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { Tabbed } from '../kit/tabbed.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { wordsForReason } from './reason-words.ts'
import { SampleActions } from './sample-actions.tsx'
import { SampleDeliveries } from './sample-deliveries.tsx'
import { SampleFiles } from './sample-files.tsx'
import { knownHead, listedHead, type SampleHead } from './sample-head.ts'
import { SampleMetadataPanel } from './sample-metadata-panel.tsx'
import { SampleProgress } from './sample-progress.tsx'
import { SampleQuality } from './sample-quality.tsx'
import { askForSample } from './sample-query.ts'
import { SampleRuns } from './sample-runs.tsx'

const REFRESH_SECONDS = 5

interface SampleTab {
  key: string
  label: string
  /** Missing: it asks for itself, and does not wait for the sample's own answer. */
  show?: (sample: SampleDetails) => ReactNode
}

const TABS: SampleTab[] = [
  { key: 'progress', label: 'Progress' },
  { key: 'quality', label: 'Quality', show: (sample) => <SampleQuality sample={sample} /> },
  { key: 'files', label: 'Files', show: (sample) => <SampleFiles sample={sample} /> },
  { key: 'metadata', label: 'Metadata', show: (sample) => <SampleMetadataPanel sample={sample} /> },
  { key: 'deliveries', label: 'Webhooks', show: (sample) => <SampleDeliveries sample={sample} /> },
  { key: 'runs', label: 'Runs', show: (sample) => <SampleRuns sample={sample} /> },
]

/** Of the tabs with the shortest of what they show. */
const TABS_HEIGHT = 400

/** The sample's own answer. It changes little of what a list has told, and draws again only what needs it. */
const OwnAnswer = createContext<SampleDetails | undefined>(undefined)

/** One sample: progress, quality, files, metadata, deliveries and runs. Begins with what a list has said of it. */
export function SamplePage({ sampleId }: { sampleId: string }) {
  const asked = useApi<SampleDetails>(...askForSample(sampleId), { everySeconds: REFRESH_SECONDS })
  const { data: sample, error, refetch } = asked
  const client = useQueryClient()
  const [listed] = useState(() => listedHead(client, sampleId))
  const head = useMemo(() => knownHead({ data: sample, error }, listed), [sample, error, listed])
  useProjectInAddress('samples', sample?.project, sampleId)
  return (
    <OwnAnswer value={sample}>
      <SampleFrame head={head} error={error} refetch={refetch} />
    </OwnAnswer>
  )
}

interface FrameProps {
  head: SampleHead | undefined
  error: Error | null
  refetch: () => unknown
}

const SampleFrame = memo(function SampleFrame({ head, error, refetch }: FrameProps) {
  const { projectId } = useChosenProject()
  const crumbs = useProjectCrumbs()
  return (
    <PageFrame
      title={head ? nameSample(head) : 'Sample'}
      crumbs={[...crumbs, { label: 'Samples', href: sectionHref(head?.project ?? projectId, 'samples') }]}
      actions={<Actions />}
    >
      <ApiResult
        result={{ data: head, error, refetch }}
        lines={10}
        missing={
          <NotFoundNotice
            what="sample"
            back={{ label: 'All samples', href: sectionHref(projectId, 'samples') }}
          />
        }
      >
        {(there) => <SampleView head={there} loading={error === null} />}
      </ApiResult>
    </PageFrame>
  )
})

function Actions() {
  const sample = useContext(OwnAnswer)
  return sample && <SampleActions sample={sample} />
}

function SampleView({ head, loading }: { head: SampleHead; loading: boolean }) {
  const { chosen, choose } = useTabs(TABS)
  return (
    <Stack gap="lg">
      <Facts head={head} />
      <AfterTheRest height={TABS_HEIGHT}>
        <Tabbed tabs={TABS} chosen={chosen} choose={choose}>
          {chosen.show ? (
            <OfSample show={chosen.show} loading={loading} />
          ) : (
            <SampleProgress sampleId={head.id} hasLink={head.hasLink} />
          )}
        </Tabbed>
      </AfterTheRest>
    </Stack>
  )
}

/** What needs the sample's own answer. */
function OfSample({ show, loading }: { show: (sample: SampleDetails) => ReactNode; loading: boolean }) {
  const sample = useContext(OwnAnswer)
  return sample ? show(sample) : loading && <LoadingLines lines={8} />
}

function Facts({ head }: { head: SampleHead }) {
  const { projects } = useChosenProject()
  const { refused } = head
  const { note } = head.last_status
  return (
    <Paper withBorder p="md">
      <Columns cols={{ base: 1, xs: 2, md: 4 }} spacing="md" verticalSpacing="sm">
        <Fact label="Status">
          <Group gap="xs">
            <StatusBadge status={head.last_status.status} />
            <Text size="sm" c="dimmed">
              <TimeAgo time={head.last_status.created} />
            </Text>
          </Group>
        </Fact>
        <Fact label="Project">{projects.find(({ id }) => id === head.project)?.name ?? head.project}</Fact>
        <Fact label="Vendor">{head.vendor ? nameVendor(head.vendor) : '–'}</Fact>
        <Fact label="Created">
          <TimeAgo time={head.created} />
        </Fact>
        <Fact label="Sample id" wide>
          <Group gap={4} wrap="nowrap">
            <Text size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {head.id}
            </Text>
            <CopyButton value={head.id} label="Copy the sample id" />
          </Group>
        </Fact>
        {note && (
          <Fact label="Note" wide>
            {note}
          </Fact>
        )}
        {refused && (
          <Fact label="Last refused file" wide>
            {wordsForReason(refused.reason)}, <TimeAgo time={refused.at} />
          </Fact>
        )}
      </Columns>
    </Paper>
  )
}

function Fact({ label, wide = false, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    <div style={wide ? { gridColumn: '1 / -1' } : {}}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </div>
  )
}
