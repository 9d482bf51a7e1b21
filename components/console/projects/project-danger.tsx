'use client'

import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { callApi, type Query } from '../api/api.ts'
import { wordsOf } from '../api/use-api.tsx'
import { confirmByTyping } from '../kit/confirm.tsx'
import { workThroughSamples } from './work-through-samples.ts'

/** What ends much at once. Each asks for the project's name first. */
export function ProjectDanger({ project }: { project: ProjectItem }) {
  return (
    <Stack gap="md">
      <Deed
        project={project}
        title="Cancel every open link"
        words="People who have a link and sent nothing yet can no longer use it; what is half sent is deleted. Samples with a file go on."
        verb="Cancel the links"
        query={{ status: 'consumer awaiting data' }}
        act={(ids) =>
          callApi(`project-cancel-samples/${project.id}`, { method: 'POST', body: { sample_ids: ids } })
        }
        done={(count) => (count === 1 ? 'One link is canceled.' : `${count} links are canceled.`)}
      />
      <Deed
        project={project}
        title="Delete every sample"
        words="Files, everything that was made of them, metadata and history are erased for good. The project, its keys and its webhooks stay; who did it stays in the audit trail."
        verb="Delete all samples"
        query={{}}
        act={(ids) =>
          callApi(`project-delete-samples/${project.id}`, { method: 'DELETE', body: { sample_ids: ids } })
        }
        done={(count) => (count === 1 ? 'One sample is deleted.' : `${count} samples are deleted.`)}
      />
    </Stack>
  )
}

interface DeedProps {
  project: ProjectItem
  title: string
  words: string
  verb: string
  query: Query
  act: (ids: string[]) => Promise<unknown>
  done: (count: number) => string
}

function Deed({ project, title, words, verb, query, act, done }: DeedProps) {
  const client = useQueryClient()
  const [count, setCount] = useState(0)
  const work = useMutation({
    mutationFn: () => workThroughSamples({ projectId: project.id, query, act, progress: setCount }),
    onSuccess: (all) => notifications.show({ message: all === 0 ? 'There was nothing to do.' : done(all) }),
    onError: (error) =>
      notifications.show({ title: 'That did not go to the end', message: wordsOf(error), color: 'red' }),
    onSettled: () => client.invalidateQueries(),
  })
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Group justify="space-between" gap="md">
        <div style={{ flex: '1 1 20rem' }}>
          <Title order={2} size="h5">
            {title}
          </Title>
          <Text size="sm" c="dimmed" maw="70ch">
            {words}
          </Text>
          <Text size="sm" role="status">
            {work.isPending && count > 0 ? `${count} so far …` : ''}
          </Text>
        </div>
        <Button
          variant="default"
          c="var(--mantine-color-error)"
          loading={work.isPending}
          onClick={() =>
            confirmByTyping({
              title: `${title}?`,
              children: `${words} This cannot be undone.`,
              type: project.name,
              confirm: verb,
              onConfirm: () => work.mutate(),
            })
          }
        >
          {verb}
        </Button>
      </Group>
    </Paper>
  )
}
