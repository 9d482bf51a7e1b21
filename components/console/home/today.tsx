'use client'

import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { SampleOverview, SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import type { Insights } from '#lib/insights/wire.ts'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { useApi } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult } from '../kit/api-result.tsx'
import { Columns } from '../kit/columns.tsx'
import { nameSample } from '../kit/name-sample.ts'
import { PageLink } from '../kit/page-link.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'

const REFRESH_SECONDS = 30
const LATEST = 6

/** How far today's links have come, and the samples that changed last. */
export function Today({ project }: { project: ProjectItem }) {
  const { may } = useSignedInPerson()
  if (!may('sample_read', project.id)) return null
  return (
    <Columns cols={{ base: 1, md: 2 }} spacing="lg">
      <TodaysFunnel project={project} />
      <LatestSamples project={project} />
    </Columns>
  )
}

const STAGES: { key: keyof Insights['funnel']; label: string }[] = [
  { key: 'minted', label: 'Links created' },
  { key: 'opened', label: 'Opened' },
  { key: 'received', label: 'Files accepted' },
  { key: 'succeeded', label: 'Succeeded' },
]

function TodaysFunnel({ project }: { project: ProjectItem }) {
  const today = new Date().toISOString().slice(0, 10)
  const asked = useApi<Insights>(
    'insights/',
    { project: project.id, from: today },
    { everySeconds: REFRESH_SECONDS },
  )
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="today">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id="today">
          Today
        </Title>
        <Anchor
          component={PageLink}
          href={sectionHref(project.id, 'insights')}
          size="sm"
          className="lone-link"
        >
          All insights
        </Anchor>
      </Group>
      <ApiResult result={asked} lines={2}>
        {({ funnel }) => (
          <Columns cols={2} spacing="sm">
            {STAGES.map(({ key, label }) => (
              <div key={key}>
                <Text size="sm" c="dimmed">
                  {label}
                </Text>
                <Text fz="h3" fw={650}>
                  {funnel[key].toLocaleString('en')}
                </Text>
              </div>
            ))}
          </Columns>
        )}
      </ApiResult>
      <Text size="xs" c="dimmed" mt="sm">
        Of the links created today; days are in UTC.
      </Text>
    </Paper>
  )
}

function LatestSamples({ project }: { project: ProjectItem }) {
  const asked = useApi<SampleOverviewPage>(
    'samples/',
    { project: project.id, sort_by: 'modified', sort_order: 'desc', limit: LATEST },
    { everySeconds: REFRESH_SECONDS },
  )
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="latest">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id="latest">
          Latest samples
        </Title>
        <Anchor
          component={PageLink}
          href={sectionHref(project.id, 'samples')}
          size="sm"
          className="lone-link"
        >
          All samples
        </Anchor>
      </Group>
      <ApiResult
        result={asked}
        lines={LATEST}
        empty={{
          when: ({ results, meta }) => results.length === 0 && meta.next === null,
          show: (
            <Text size="sm" c="dimmed">
              None yet. A sample appears here with its link.
            </Text>
          ),
        }}
      >
        {({ results }) => (
          <Stack gap="xs">
            {results.map((sample) => (
              <LatestLine key={sample.id} sample={sample} />
            ))}
            {results.length === 0 && (
              <Text size="sm" c="dimmed">
                The latest ones are all hidden.
              </Text>
            )}
          </Stack>
        )}
      </ApiResult>
    </Paper>
  )
}

const LatestLine = ({ sample }: { sample: SampleOverview }) => (
  <Group justify="space-between" gap="sm" wrap="nowrap">
    <Anchor
      component={PageLink}
      href={sectionHref(sample.project, 'samples', sample.id)}
      size="sm"
      truncate
      lh="24px"
    >
      {nameSample(sample)}
    </Anchor>
    <Group gap="sm" wrap="nowrap" style={{ flexShrink: 0 }}>
      <StatusBadge status={sample.last_status.status} />
      <Text size="xs" c="dimmed" visibleFrom="xs" style={{ whiteSpace: 'nowrap' }}>
        <TimeAgo time={sample.modified} />
      </Text>
    </Group>
  </Group>
)
