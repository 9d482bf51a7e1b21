'use client'

import { Group, Paper, SimpleGrid, Stack, Tabs, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { nameVendor } from '#lib/genotype/vendors.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { useApi } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useChosenProject, useProjectCrumbs, useProjectInAddress } from '../frame/chosen-project.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useTabs } from '../frame/use-tabs.ts'
import { ApiResult } from '../kit/api-result.tsx'
import { CopyButton } from '../kit/copy-button.tsx'
import { NotFoundNotice } from '../kit/not-found-notice.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { wordsForReason } from './reason-words.ts'
import { SampleActions } from './sample-actions.tsx'
import { SampleDeliveries } from './sample-deliveries.tsx'
import { SampleFiles } from './sample-files.tsx'
import { SampleMetadataPanel } from './sample-metadata-panel.tsx'
import { SampleProgress } from './sample-progress.tsx'
import { SampleQuality } from './sample-quality.tsx'
import { askForSample } from './sample-query.ts'
import { SampleRuns } from './sample-runs.tsx'

const REFRESH_SECONDS = 5

const TABS: { key: string; label: string; show: (sample: SampleDetails) => ReactNode }[] = [
  { key: 'progress', label: 'Progress', show: (sample) => <SampleProgress sample={sample} /> },
  { key: 'quality', label: 'Quality', show: (sample) => <SampleQuality sample={sample} /> },
  { key: 'files', label: 'Files', show: (sample) => <SampleFiles sample={sample} /> },
  { key: 'metadata', label: 'Metadata', show: (sample) => <SampleMetadataPanel sample={sample} /> },
  { key: 'deliveries', label: 'Webhooks', show: (sample) => <SampleDeliveries sample={sample} /> },
  { key: 'runs', label: 'Runs', show: (sample) => <SampleRuns sample={sample} /> },
]

/** One sample: progress, quality, files, metadata, deliveries and runs. */
export function SamplePage({ sampleId }: { sampleId: string }) {
  const asked = useApi<SampleDetails>(...askForSample(sampleId), { everySeconds: REFRESH_SECONDS })
  const sample = asked.data
  const { projectId } = useChosenProject()
  const crumbs = useProjectCrumbs()
  useProjectInAddress('samples', sample?.project, sampleId)
  return (
    <PageFrame
      title={sample ? (sample.reference ?? sample.client_id) : 'Sample'}
      crumbs={[...crumbs, { label: 'Samples', href: sectionHref(sample?.project ?? projectId, 'samples') }]}
      actions={sample && <SampleActions sample={sample} />}
    >
      <ApiResult
        result={asked}
        lines={10}
        missing={
          <NotFoundNotice
            what="sample"
            back={{ label: 'All samples', href: sectionHref(projectId, 'samples') }}
          />
        }
      >
        {(there) => <SampleView sample={there} />}
      </ApiResult>
    </PageFrame>
  )
}

function SampleView({ sample }: { sample: SampleDetails }) {
  const { chosen, choose } = useTabs(TABS)
  return (
    <Stack gap="lg">
      <Facts sample={sample} />
      <Tabs value={chosen.key} onChange={choose} keepMounted={false}>
        <Tabs.List>
          {TABS.map(({ key, label }) => (
            <Tabs.Tab key={key} value={key}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(({ key, show }) => (
          <Tabs.Panel key={key} value={key} pt="lg">
            {show(sample)}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  )
}

function Facts({ sample }: { sample: SampleDetails }) {
  const { projects } = useChosenProject()
  const rejection = sample.upload_session?.last_rejection
  const { note } = sample.last_status
  return (
    <Paper withBorder p="md">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md" verticalSpacing="sm">
        <Fact label="Status">
          <Group gap="xs">
            <StatusBadge status={sample.last_status.status} />
            <Text size="sm" c="dimmed">
              <TimeAgo time={sample.last_status.created} />
            </Text>
          </Group>
        </Fact>
        <Fact label="Project">
          {projects.find(({ id }) => id === sample.project)?.name ?? sample.project}
        </Fact>
        <Fact label="Vendor">
          {sample.upload_session?.vendor ? nameVendor(sample.upload_session.vendor) : '–'}
        </Fact>
        <Fact label="Created">
          <TimeAgo time={sample.created} />
        </Fact>
        <Fact label="Sample id" wide>
          <Group gap={4} wrap="nowrap">
            <Text size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {sample.id}
            </Text>
            <CopyButton value={sample.id} label="Copy the sample id" />
          </Group>
        </Fact>
        {note && (
          <Fact label="Note" wide>
            {note}
          </Fact>
        )}
        {rejection && (
          <Fact label="Last refused file" wide>
            {wordsForReason(rejection.reason)}, <TimeAgo time={rejection.at} />
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
