'use client'

import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { callApi, type Page, type Query } from '../api/api.ts'
import { wordsOf } from '../api/use-api.tsx'
import { confirmByTyping } from '../kit/confirm.tsx'

/** Actions on every sample of the project. Each requires typing the project's name first. */
export function ProjectDanger({ project }: { project: ProjectItem }) {
  return (
    <Stack gap="md">
      <Deed
        project={project}
        title="Cancel every open link"
        words="Links without a complete file stop working, and partly sent files are deleted. Samples with a file are not affected."
        verb="Cancel the links"
        query={{ status: 'consumer awaiting data' }}
        act={(ids) =>
          callApi(`project-cancel-samples/${project.id}`, { method: 'POST', body: { sample_ids: ids } })
        }
        done={(count) => (count === 1 ? 'One link was canceled.' : `${count} links were canceled.`)}
      />
      <Deed
        project={project}
        title="Delete every sample"
        words="Files, deliverables, metadata and history are permanently erased. The project, its keys and its webhooks stay; the audit trail records who did it."
        verb="Delete all samples"
        query={{}}
        act={(ids) =>
          callApi(`project-delete-samples/${project.id}`, { method: 'DELETE', body: { sample_ids: ids } })
        }
        done={(count) => (count === 1 ? 'One sample was deleted.' : `${count} samples were deleted.`)}
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
      notifications.show({ title: 'Not everything was done', message: wordsOf(error), color: 'red' }),
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

/** As many as one page of a list has. */
const ROUND_SAMPLES = 200
/** A ceiling on rounds, whatever the service answers: 2 million samples. */
const ROUNDS_MAX = 10_000

interface Work {
  projectId: string
  /** Which samples. Once acted on, a sample no longer matches. */
  query: Query
  act: (ids: string[]) => Promise<unknown>
  /** Called after each round. */
  progress: (done: number) => void
}

/** Acts on every matching sample of a project, 200 at a time, and returns their number. After a failure, finished rounds stay done. */
async function workThroughSamples({ projectId, query, act, progress }: Work): Promise<number> {
  let done = 0
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { results } = await callApi<Page<{ id: string }>>(`project-samples/${projectId}`, {
      query: { ...query, limit: ROUND_SAMPLES },
    })
    if (results.length === 0) return done
    await act(results.map(({ id }) => id))
    done += results.length
    progress(done)
  }
  return done
}
