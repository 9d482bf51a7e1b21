'use client'

import { Anchor, Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { z } from 'zod'
import type { SheetRow } from '#lib/fastq/wire.ts'
import type { SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import type { SubscriptionDetails } from '#lib/webhooks/wire.ts'
import { useApi, useList } from '../api/use-api.tsx'
import { expiresBefore, SOON_HOURS } from '../fastqs/expiry-filter.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { LoadingLines } from '../kit/api-result.tsx'
import { ConsoleIcon, type ConsoleIconName } from '../kit/console-icon.tsx'
import { PageLink } from '../kit/page-link.tsx'
import { howMany } from './how-many.ts'

const FAILED_DAYS = 7
const DAY_MS = 86_400_000
const REFRESH_SECONDS = 30

type Subscription = z.infer<typeof SubscriptionDetails>

interface Item {
  key: string
  icon: ConsoleIconName
  color: string
  title: string
  explained: string
  href?: string
}

/** What needs attention in the chosen project. */
export function AttentionList() {
  const { project } = useChosenProject()
  if (!project) return null
  return <Attention projectId={project.id} projectName={project.name} />
}

function Attention({ projectId, projectName }: { projectId: string; projectName: string }) {
  const { may } = useSignedInPerson()
  const refreshing = { everySeconds: REFRESH_SECONDS, enabled: may('sample_read', projectId) }
  const since = dayAgo(FAILED_DAYS)
  const failed = useApi<SampleOverviewPage>(
    'samples/',
    { project: projectId, status: 'failed,failed qc', modified_after: since, limit: 1 },
    refreshing,
  )
  const expiring = useList<SheetRow>(
    'sample-sheet/',
    { project: projectId, status: 'unassigned', expires_before: expiresBefore(), limit: 1 },
    refreshing,
  )
  const webhooks = useList<Subscription>(`project-subscriptions/${projectId}`, { limit: 200 }, refreshing)
  if (!may('sample_read', projectId)) return null
  const waiting = [failed, expiring, webhooks].some(({ isPending }) => isPending)
  const items = [
    ...webhooksOf(webhooks.data?.results ?? []),
    ...failedOf(howMany(failed.data), projectId),
    ...expiringOf(howMany(expiring.data), projectId),
  ]
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="attention" mih={96}>
      <Title order={2} size="h4" id="attention" mb="sm">
        What needs attention in {projectName}
      </Title>
      {waiting ? (
        <LoadingLines lines={1} />
      ) : items.length === 0 ? (
        <Group gap="sm">
          <ThemeIcon variant="light" color="green" radius="xl">
            <ConsoleIcon name="check" size={16} />
          </ThemeIcon>
          <Text size="sm">
            Nothing. Webhooks are delivered, no sample failed this week, and no URL is about to expire.
          </Text>
        </Group>
      ) : (
        <Stack gap="sm">
          {items.map((item) => (
            <Line key={item.key} item={item} />
          ))}
        </Stack>
      )}
    </Paper>
  )
}

const Line = ({ item: { icon, color, title, explained, href } }: { item: Item }) => (
  <Group gap="sm" wrap="nowrap" align="flex-start">
    <ThemeIcon variant="light" color={color} radius="xl">
      <ConsoleIcon name={icon} size={16} />
    </ThemeIcon>
    <div style={{ minWidth: 0 }}>
      {href ? (
        <Anchor component={PageLink} href={href} size="sm" fw={600} className="lone-link">
          {title}
        </Anchor>
      ) : (
        <Text size="sm" fw={600}>
          {title}
        </Text>
      )}
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {explained}
      </Text>
    </div>
  </Group>
)

const webhooksOf = (all: readonly Subscription[]): Item[] =>
  all
    .filter(({ disabled, disabled_reason, failing_since }) => failing_since || (disabled && disabled_reason))
    .map(({ id, project, name, target, disabled, disabled_reason }) => ({
      key: id,
      icon: 'webhooks',
      color: disabled ? 'gray' : 'red',
      title: `The webhook ${name || new URL(target).host} ${disabled ? 'is off' : 'fails'}`,
      explained: disabled
        ? (disabled_reason ?? '')
        : 'Every delivery is failing at the moment. They will be retried.',
      href: sectionHref(project, 'webhooks', id),
    }))

/** None among those that were looked at, and there are others. */
const UNKNOWN = '0+'

function failedOf(count: string | null, projectId: string): Item[] {
  if (count === null) return []
  return [
    {
      key: 'failed',
      icon: 'samples',
      color: 'orange',
      title:
        count === UNKNOWN
          ? 'Samples may have failed this week'
          : count === '1'
            ? 'One sample failed this week'
            : `${count} samples failed this week`,
      explained: 'Their pages show why, with every check and every refused file.',
      href: `${sectionHref(projectId, 'samples')}?status=failed,failed+qc`,
    },
  ]
}

const expiringOf = (count: string | null, projectId: string): Item[] =>
  count === null
    ? []
    : [
        {
          key: 'expiring',
          icon: 'fastqs',
          color: 'yellow',
          title: `FASTQ files of ${count === '1' ? 'one sample' : count === UNKNOWN ? 'some samples' : `${count} samples`} ${count === UNKNOWN ? 'may be' : 'are'} about to expire`,
          explained: `One of their URLs expires within ${SOON_HOURS} hours, and they are not assigned yet.`,
          href: `${sectionHref(projectId, 'fastqs')}?expiring=soon`,
        },
      ]

/** Rounded to the hour so that a repeated request keeps its address. */
const dayAgo = (days: number): string => {
  const time = new Date(Date.now() - days * DAY_MS)
  time.setUTCMinutes(0, 0, 0)
  return time.toISOString()
}
