'use client'

import { Anchor, Button, Group, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { useApiOrigin } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { CodeSample } from '../kit/code-sample.tsx'
import { Columns } from '../kit/columns.tsx'
import { CopyButton } from '../kit/copy-button.tsx'
import { FormError } from '../kit/form-error.tsx'
import { OvertakenNotice } from '../kit/overtaken-notice.tsx'
import { PageLink } from '../kit/page-link.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { useDraft } from '../kit/use-draft.ts'
import { ProjectCapability } from './project-capability.tsx'
import { TestNotice } from './test-mark.tsx'

/** What a project is, links to what belongs to it, and how a program mints a link for it. */
export function ProjectOverview({ project }: { project: ProjectItem }) {
  const { may } = useSignedInPerson()
  const origin = useApiOrigin()
  return (
    <Stack gap="lg">
      {project.test && <TestNotice />}
      <Facts project={project} />
      {may('project_write', project.id) && <NameForm project={project} />}
      <ProjectCapability project={project} />
      <Paper withBorder p="md">
        <Stack gap="sm">
          <Title order={2} size="h4">
            From your own program
          </Title>
          <Text size="sm" c="dimmed">
            Your backend mints a link for each person and sends them to it. It needs an{' '}
            <Anchor component={PageLink} href="/console/api-keys" underline="always">
              API key
            </Anchor>{' '}
            of this project with the role uploader or analyst.
          </Text>
          <CodeSample
            title="Mint an upload link"
            text={[
              `curl -X POST ${origin}/api/v2/array-data-upload-form/ \\`,
              `  -H 'Authorization: Api-Key <key>' -H 'Content-Type: application/json' \\`,
              `  -d '{"project_id": "${project.id}", "expires_in": 3600}'`,
            ].join('\n')}
          />
        </Stack>
      </Paper>
    </Stack>
  )
}

function Facts({ project }: { project: ProjectItem }) {
  return (
    <Paper withBorder p="md">
      <Columns cols={{ base: 1, xs: 2, md: 4 }} spacing="md" className="lone-link">
        <Fact label="Samples">
          <Anchor component={PageLink} href={sectionHref(project.id, 'samples')}>
            {project.sample_count.toLocaleString('en')}
          </Anchor>
        </Fact>
        <Fact label="Webhooks">
          <Anchor component={PageLink} href={sectionHref(project.id, 'webhooks')}>
            Subscriptions and deliveries
          </Anchor>
        </Fact>
        <Fact label="Created">
          <TimeAgo time={project.created} />
        </Fact>
        <Fact label="Changed">
          <TimeAgo time={project.modified} />
        </Fact>
        <Fact label="Links minted without a project">
          {project.default_for_array_data ? 'Come here' : 'Go to another project'}
        </Fact>
        <Fact label="Project id" wide>
          <Group gap={4} wrap="nowrap">
            <Text size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {project.id}
            </Text>
            <CopyButton value={project.id} label="Copy the project id" />
          </Group>
        </Fact>
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
      <Text size="sm" component="div">
        {children}
      </Text>
    </div>
  )
}

type Naming = Pick<ProjectItem, 'name' | 'description'>

const namingOf = ({ name, description }: ProjectItem): Naming => ({ name, description })

const NAMING_LABELS = { name: 'Name', description: 'Description' }

function NameForm({ project }: { project: ProjectItem }) {
  const { form, changed, saving, error, save, overtaken, takeTheirs } = useDraft<Naming, ProjectItem>({
    kept: namingOf(project),
    source: { path: `projects/${project.id}`, values: namingOf },
    act: {
      method: 'PATCH',
      path: `projects/${project.id}`,
      done: 'The project was saved.',
    },
    keptBy: namingOf,
  })
  return (
    <Paper withBorder p="md" component="section" aria-label="Name and description">
      <form onSubmit={form.onSubmit(save)}>
        <Stack gap="sm" align="flex-start">
          <TextInput
            label="Name"
            required
            maxLength={254}
            w="100%"
            maw={480}
            {...form.getInputProps('name')}
          />
          <Textarea
            label="Description"
            description="For colleagues only."
            autosize
            minRows={2}
            maxRows={8}
            w="100%"
            maw={640}
            {...form.getInputProps('description')}
          />
          <FormError form={form} error={error} />
          <OvertakenNotice fields={overtaken.map((name) => NAMING_LABELS[name])} take={takeTheirs} />
          <Button type="submit" loading={saving} disabled={!changed}>
            Save
          </Button>
        </Stack>
      </form>
    </Paper>
  )
}
