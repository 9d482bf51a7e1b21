'use client'

import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { callApi, type Page, PartlyDone, type Query } from '../api/api.ts'
import { showNotice } from '../api/show-notice.ts'
import { renew } from '../api/take-answer.ts'
import { tellFailure } from '../api/tell-failure.ts'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { type Loss, useUnsaved } from '../frame/unsaved-work.tsx'
import { confirmByTyping } from '../kit/confirm.tsx'

/** Actions on every sample of the project, and on all of it. Each requires typing the project's name first. */
export function ProjectDanger({ project }: { project: ProjectItem }) {
  const { mayEverywhere } = useSignedInPerson()
  const router = useRouter()
  const work =
    (query: Query, act: (ids: string[]) => Promise<unknown>) =>
    (progress: (done: number) => void, signal: AbortSignal) =>
      workThroughSamples({
        projectId: project.id,
        query: { ...query, hidden_status: 'all' },
        act,
        progress,
        signal,
      })
  return (
    <Stack gap="md">
      <Deed
        project={project}
        title="Cancel every open link"
        words="Links without a complete file stop working, and partly sent files are deleted. Samples with a file are not affected."
        verb="Cancel the links"
        work={work({ status: 'consumer awaiting data' }, (ids) =>
          callApi(`project-cancel-samples/${project.id}`, { method: 'POST', body: { sample_ids: ids } }),
        )}
        done={(count) => (count === 1 ? 'One link was canceled.' : `${count} links were canceled.`)}
      />
      <Deed
        project={project}
        title="Delete every sample"
        words="Files, deliverables, metadata and history are permanently erased. The project, its keys and its webhooks stay; the audit trail records who did it."
        verb="Delete all samples"
        work={work({}, (ids) =>
          callApi(`project-delete-samples/${project.id}`, { method: 'DELETE', body: { sample_ids: ids } }),
        )}
        done={(count) => (count === 1 ? 'One sample was deleted.' : `${count} samples were deleted.`)}
      />
      {mayEverywhere('project_write') && (
        <Deed
          project={project}
          title="Delete the project"
          words="All of its samples are permanently erased, and its keys, webhooks and people’s roles in it end. The audit trail records who did it."
          verb="Delete the project"
          work={async () => {
            await callApi('projects-delete/', { method: 'DELETE', body: { project_ids: [project.id] } })
            router.replace('/console/projects')
            return 1
          }}
          done={() => 'The project was deleted.'}
        />
      )}
    </Stack>
  )
}

interface DeedProps {
  project: ProjectItem
  title: string
  words: string
  verb: string
  /** Does it, and returns how many things it was done to. */
  work: (progress: (done: number) => void, signal: AbortSignal) => Promise<number>
  done: (count: number) => string
}

const LOSS: Loss = {
  title: 'Stop before everything is done?',
  words: 'This is still under way. If you leave now, what is done stays done, and the rest stays as it is.',
  leave: 'Stop and leave',
}

function Deed({ project, title, words, verb, work: act, done }: DeedProps) {
  const client = useQueryClient()
  const [count, setCount] = useState(0)
  const leaving = useRef<AbortController | null>(null)
  useEffect(() => () => leaving.current?.abort(), [])
  const work = useMutation({
    mutationFn: async () => {
      let before = 0
      leaving.current = new AbortController()
      setCount(0)
      try {
        return await act((sofar) => {
          before = sofar
          setCount(sofar)
        }, leaving.current.signal)
      } catch (error) {
        throw before === 0 ? error : new PartlyDone(error as Error, done(before))
      }
    },
    onSuccess: (all) => {
      const left = leaving.current?.signal.aborted
      const nothing = left ? 'You left before anything was done.' : 'There was nothing to do.'
      showNotice({
        message: all === 0 ? nothing : `${done(all)}${left ? ' You left before the others.' : ''}`,
      })
    },
    onError: (error) => tellFailure(error, { title: 'Not everything was done' }),
    onSettled: () => renew(client),
  })
  useUnsaved(work.isPending, LOSS)
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
  /** Ends the work before the next round. */
  signal: AbortSignal
}

/**
 * Acts on every matching sample of a project, 200 at a time, and returns how many that were. After a failure, finished
 * rounds stay done.
 */
async function workThroughSamples({ projectId, query, act, progress, signal }: Work): Promise<number> {
  let done = 0
  for (let round = 0; round < ROUNDS_MAX && !signal.aborted; round++) {
    const { results } = await callApi<Page<{ id: string }>>(`project-samples/${projectId}`, {
      query: { ...query, limit: ROUND_SAMPLES },
    })
    if (results.length === 0 || signal.aborted) return done
    await act(results.map(({ id }) => id))
    done += results.length
    progress(done)
  }
  return done
}
