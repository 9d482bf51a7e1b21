'use client'

import { Group, Paper, SimpleGrid, Stack, Tabs, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { nameVendor } from '#lib/genotype/vendors.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { useApi } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useChosenProject, useProjectCrumbs, useProjectInAddress } from '../frame/chosen-project.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useTabs } from '../frame/use-tabs.ts'
import { ApiResult, LoadingLines } from '../kit/api-result.tsx'
import { CopyButton } from '../kit/copy-button.tsx'
import { nameSample } from '../kit/name-sample.ts'
import { NotFoundNotice } from '../kit/not-found-notice.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
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

const TABS: { key: string; label: string; show: (sample: SampleDetails) => ReactNode }[] = [
  { key: 'quality', label: 'Quality', show: (sample) => <SampleQuality sample={sample} /> },
  { key: 'files', label: 'Files', show: (sample) => <SampleFiles sample={sample} /> },
  { key: 'metadata', label: 'Metadata', show: (sample) => <SampleMetadataPanel sample={sample} /> },
  { key: 'deliveries', label: 'Webhooks', show: (sample) => <SampleDeliveries sample={sample} /> },
  { key: 'runs', label: 'Runs', show: (sample) => <SampleRuns sample={sample} /> },
]
/** Asks for itself, and does not wait for the sample's own answer. */
const PROGRESS = { key: 'progress', label: 'Progress' }
const ALL_TABS = [PROGRESS, ...TABS]

/** One sample: progress, quality, files, metadata, deliveries and runs. Begins with what a list has said of it. */
export function SamplePage({ sampleId }: { sampleId: string }) {
  const asked = useApi<SampleDetails>(...askForSample(sampleId), { everySeconds: REFRESH_SECONDS })
  const client = useQueryClient()
  const [listed] = useState(() => listedHead(client, sampleId))
  const sample = asked.data
  const head = knownHead(asked, listed)
  const { projectId } = useChosenProject()
  const crumbs = useProjectCrumbs()
  useProjectInAddress('samples', sample?.project, sampleId)
  return (
    <PageFrame
      title={head ? nameSample(head) : 'Sample'}
      crumbs={[...crumbs, { label: 'Samples', href: sectionHref(head?.project ?? projectId, 'samples') }]}
      actions={sample && <SampleActions sample={sample} />}
    >
      <ApiResult
        result={{ ...asked, data: head }}
        lines={10}
        missing={
          <NotFoundNotice
            what="sample"
            back={{ label: 'All samples', href: sectionHref(projectId, 'samples') }}
          />
        }
      >
        {(there) => <SampleView head={there} sample={sample} loading={asked.error === null} />}
      </ApiResult>
    </PageFrame>
  )
}

interface ViewProps {
  head: SampleHead
  sample: SampleDetails | undefined
  loading: boolean
}

function SampleView({ head, sample, loading }: ViewProps) {
  const { chosen, choose } = useTabs(ALL_TABS)
  return (
    <Stack gap="lg">
      <Facts head={head} />
      <Tabs value={chosen.key} onChange={choose} keepMounted={false}>
        <Tabs.List>
          {ALL_TABS.map(({ key, label }) => (
            <Tabs.Tab key={key} value={key}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={PROGRESS.key} pt="lg">
          <SampleProgress sampleId={head.id} hasLink={head.hasLink} />
        </Tabs.Panel>
        {TABS.map(({ key, show }) => (
          <Tabs.Panel key={key} value={key} pt="lg">
            {sample ? show(sample) : loading && <LoadingLines lines={8} />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  )
}

function Facts({ head }: { head: SampleHead }) {
  const { projects } = useChosenProject()
  const { refused } = head
  const { note } = head.last_status
  return (
    <Paper withBorder p="md">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md" verticalSpacing="sm">
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
      </SimpleGrid>
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
