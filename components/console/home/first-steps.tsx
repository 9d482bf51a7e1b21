'use client'

import { Anchor, Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import type { WireApiKey } from '#lib/keys/wire.ts'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { useApi, useList } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { mintsLinks } from '../keys/key-form.ts'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { PageLink } from '../kit/page-link.tsx'

interface Step {
  title: string
  explained: string
  href: string
  done: boolean
}

const RECEIVED = 'scheduled,running,succeeded,failed qc,failed'

/** The longest page of the API. */
const KEYS_MAX = 200

/** What a new project needs until the first file has come in. Nothing once all of it is done, or for people who cannot do it. */
export function FirstSteps({ project }: { project: ProjectItem }) {
  const { may } = useSignedInPerson()
  const enabled = may('project_write', project.id)
  const keys = useList<WireApiKey>('user-api-keys/', { limit: KEYS_MAX }, { enabled })
  const webhooks = useList<unknown>(`project-subscriptions/${project.id}`, { limit: 1 }, { enabled })
  const files = useApi<SampleOverviewPage>(
    'samples/',
    { project: project.id, status: RECEIVED, hidden_status: 'all', limit: 1 },
    { enabled },
  )
  // Nothing is said before all of it is known: a list that shrinks would be worse than one that comes late.
  if (!enabled || !keys.data || !webhooks.data || !files.data) return null
  const steps = stepsOf(project, {
    key: keys.data.results.some((key) => mintsLinks(key, project.id)),
    otherKey: keys.data.results.length > 0,
    webhook: webhooks.data.meta.count > 0,
    upload: files.data.meta.count > 0,
  })
  const left = steps.filter(({ done }) => !done).length
  if (left === 0) return null
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="first-steps">
      <Title order={2} size="h4" id="first-steps" mb="sm">
        First steps in {project.name}: {steps.length - left} of {steps.length} done
      </Title>
      <Stack gap="sm" component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
        {steps.map((step, at) => (
          <StepLine key={step.title} step={step} number={at + 1} />
        ))}
      </Stack>
    </Paper>
  )
}

function StepLine({ step: { title, explained, href, done }, number }: { step: Step; number: number }) {
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon
        variant={done ? 'filled' : 'light'}
        radius="xl"
        aria-label={done ? 'Done' : 'To do'}
        role="img"
      >
        {done ? <ConsoleIcon name="check" size={16} /> : number}
      </ThemeIcon>
      <div style={{ minWidth: 0 }}>
        <Anchor component={PageLink} href={href} size="sm" fw={600} className="lone-link">
          {title}
        </Anchor>
        <Text size="sm" c="dimmed">
          {explained}
        </Text>
      </div>
    </Group>
  )
}

function stepsOf(
  { id, settings }: ProjectItem,
  done: Record<'key' | 'otherKey' | 'webhook' | 'upload', boolean>,
): Step[] {
  const { display_name, purpose, logo, accent_light, button } = settings
  return [
    {
      title: 'Generate an API key',
      explained:
        done.otherKey && !done.key
          ? 'The keys there are cannot create upload links of this project: that needs one for it, not expired, with the role uploader or more.'
          : 'Your program requests upload links with it.',
      href: '/console/api-keys',
      done: done.key,
    },
    {
      title: 'Add a webhook',
      explained: 'Your server hears of each file and each result, and need not poll.',
      href: sectionHref(id, 'webhooks'),
      done: done.webhook,
    },
    {
      title: 'Choose the brand',
      explained: 'Name, purpose, logo and colour that people see when they upload.',
      href: `/console/projects/${id}?tab=brand`,
      done: [display_name, purpose, logo, accent_light, button].some((value) => value !== null),
    },
    {
      title: 'Receive the first file',
      explained: 'Create a link here, open it on your phone, and send a file of your own.',
      href: sectionHref(id, 'new-session'),
      done: done.upload,
    },
  ]
}
