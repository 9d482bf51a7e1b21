'use client'

import { Anchor, Badge, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { useApiOrigin, useList } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { CodeSample } from '../kit/code-sample.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { PageLink } from '../kit/page-link.tsx'
import { askFor, FIRST_PAGE } from '../kit/page-place.ts'
import { TableFrame } from '../kit/table-frame.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { NewProjectDialog } from './new-project-dialog.tsx'
import { TestBadge } from './test-mark.tsx'

const LIMIT = 25

/** All projects. */
export function ProjectsPage() {
  const { mayEverywhere } = useSignedInPerson()
  const [asking, dialog] = useDisclosure()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const [place, turn] = useState(FIRST_PAGE)
  const projects = useList<ProjectItem>('projects/', {
    search,
    limit: LIMIT,
    ...askFor(place),
    sort_by: 'name',
    sort_order: 'asc',
  })
  const create = mayEverywhere('project_write') && (
    <Button leftSection={<ConsoleIcon name="plus" size={16} />} onClick={dialog.open}>
      New project
    </Button>
  )
  return (
    <PageFrame
      title="Projects"
      description="A project owns samples and has its own brand, file rules, keys and webhooks."
      actions={create}
    >
      <Stack gap="md">
        <TextInput
          aria-label="Search projects"
          placeholder="Name or id"
          leftSection={<ConsoleIcon name="search" size={16} />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            turn(FIRST_PAGE)
          }}
          maw={360}
        />
        <ApiResult
          result={projects}
          lines={6}
          empty={{
            when: ({ meta }) => meta.count === 0,
            show: search ? (
              <EmptyState icon="search" title="No matching project">
                Search for part of a name, or a complete id.
              </EmptyState>
            ) : (
              <NoProjects action={create} />
            ),
          }}
        >
          {({ results, meta }) => (
            <TableFrame
              label="Projects"
              head={['Name', 'Samples', 'Files', 'Changed']}
              pages={{ meta, rows: results.length, limit: LIMIT, place, turn }}
            >
              {results.map((project) => (
                <ProjectRow key={project.id} project={project} />
              ))}
            </TableFrame>
          )}
        </ApiResult>
      </Stack>
      <NewProjectDialog opened={asking} close={dialog.close} />
    </PageFrame>
  )
}

function ProjectRow({ project }: { project: ProjectItem }) {
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Group gap="xs">
          <Anchor component={PageLink} href={`/console/projects/${project.id}`} fw={600}>
            {project.name}
          </Anchor>
          {project.test && <TestBadge />}
          {project.default_for_array_data && (
            <Badge variant="outline" tt="none" color="gray" style={{ color: 'inherit' }}>
              default
            </Badge>
          )}
        </Group>
        {project.description && (
          <Text size="xs" c="dimmed" lineClamp={1}>
            {project.description}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Anchor component={PageLink} href={sectionHref(project.id, 'samples')} size="sm">
          {project.sample_count.toLocaleString('en')}
        </Anchor>
      </Table.Td>
      <Table.Td>{project.settings.policy === 'forgiving' ? 'Forgiving' : 'Strict'}</Table.Td>
      <Table.Td>
        <TimeAgo time={project.modified} />
      </Table.Td>
    </Table.Tr>
  )
}

function NoProjects({ action }: { action: ReactNode }) {
  const origin = useApiOrigin()
  return (
    <Stack>
      <EmptyState icon="projects" title="No projects yet" action={action}>
        Create one for each partner or study: none of them can see what another receives.
      </EmptyState>
      {action && (
        <CodeSample
          title="The same from the command line"
          text={[
            `curl -X POST ${origin}/api/v2/projects/ \\`,
            `  -H 'Authorization: Api-Key <key>' -H 'Content-Type: application/json' \\`,
            `  -d '{"name": "Clinic"}'`,
          ].join('\n')}
        />
      )}
    </Stack>
  )
}
