'use client'

import { Paper, Select, Stack, Text, Title } from '@mantine/core'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { useAct, useList } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'

interface Capability {
  id: string
  name: string
  description_markdown: string | null
}

/** What is done with the samples of a project: imputation among it, where a panel is configured. */
export function ProjectCapability({ project }: { project: ProjectItem }) {
  const { may } = useSignedInPerson()
  const offered = useList<Capability>('pipeline-capabilities/', { limit: '200' })
  const save = useAct<string>({
    method: 'PATCH',
    path: `projects/${project.id}`,
    body: (id) => ({ pipeline_capabilities: id }),
    done: 'The analysis is chosen.',
  })
  const capabilities = offered.data?.results ?? []
  const chosen = capabilities.find(({ id }) => id === project.pipeline_capabilities)
  return (
    <Paper withBorder p="md" component="section" aria-label="Analysis">
      <Stack gap="sm" align="flex-start">
        <Title order={2} size="h4">
          Analysis
        </Title>
        <Select
          label="What is done with each sample"
          description="A change applies to files received from now on."
          w="100%"
          maw={480}
          allowDeselect={false}
          disabled={!may('project_write', project.id) || save.isPending}
          data={capabilities.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen?.id ?? null}
          placeholder={offered.isSuccess && !chosen ? 'A panel that is not configured any more' : 'Loading'}
          onChange={(id) => id && id !== project.pipeline_capabilities && save.mutate(id)}
        />
        {chosen?.description_markdown && (
          <Text size="sm" c="dimmed" maw={640}>
            {chosen.description_markdown}
          </Text>
        )}
        {offered.isSuccess && !chosen && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            Until the service is started with that panel again, its samples wait, and fail after about half an
            hour where the service has another panel.
          </Text>
        )}
      </Stack>
    </Paper>
  )
}
