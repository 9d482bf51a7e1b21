'use client'

import { Button, Group, Progress, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { SampleOverview } from '#lib/insights/overview-wire.ts'
import { mayDecide, mayFollow } from '#lib/samples/sample.ts'
import type { CanceledSamples, ChangedSamples } from '#lib/samples/wire.ts'
import { ApiProblem, callApi } from '../api/api.ts'
import { wordsOf } from '../api/problem-words.ts'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { confirmByTyping, confirmFirst } from '../kit/confirm.tsx'
import { type Round, roundsOf, workThrough } from './work-through.ts'

interface Props {
  picked: readonly SampleOverview[]
  clear: () => void
  /** Called once what was done shows in the API's answers. */
  acted: () => void
}

interface Work {
  samples: readonly SampleOverview[]
  act: (round: Round) => Promise<number>
  /** What became of them, after their number. */
  done: string
}

const RENEWED = ['samples/', 'sample-', 'insights/', 'projects/']

/** What can be done with the picked samples, and how far it has come. A button acts on those that it can be done with. */
export function BulkActions({ picked, clear, acted }: Props) {
  const { may } = useSignedInPerson()
  const { start, tried, total } = useWork(clear, acted)
  const is = (sample: SampleOverview) => sample.last_status.status
  const again = picked.filter((one) => may('run_analysis', one.project) && mayDecide(is(one), 'scheduled'))
  const open = picked.filter((one) => may('run_analysis', one.project) && mayFollow(is(one), 'canceled'))
  const owned = picked.filter((one) => may('project_write', one.project))
  const [shown, hidden] = [owned.filter((one) => !one.hidden), owned.filter((one) => one.hidden)]
  if (total > 0) {
    return (
      <Group gap="sm" role="status" flex={1}>
        <Text size="sm">
          {tried} of {total}
        </Text>
        <Progress value={(100 * tried) / total} aria-label="Samples done" flex={1} />
      </Group>
    )
  }
  return (
    <Group gap="xs">
      <Text size="sm" fw={600}>
        {picked.length === 1 ? '1 sample picked' : `${picked.length} samples picked`}
      </Text>
      <Action
        verb="Run again"
        samples={again}
        onClick={() => start({ samples: again, act: runAgain, done: 'scheduled' })}
      />
      <Action
        verb="Cancel"
        samples={open}
        onClick={() =>
          confirmFirst({
            title: `Cancel ${count(open)}?`,
            children:
              'Their links stop working at once, their files are deleted, and running analyses end. This cannot be undone.',
            confirm: `Cancel ${count(open)}`,
            cancel: 'Keep them',
            onConfirm: () => start({ samples: open, act: cancel, done: 'canceled' }),
          })
        }
      />
      <Action
        verb="Hide"
        samples={shown}
        onClick={() => start({ samples: shown, act: hide, done: 'hidden' })}
      />
      <Action
        verb="Show"
        samples={hidden}
        onClick={() => start({ samples: hidden, act: show, done: 'shown in lists again' })}
      />
      <Action
        verb="Delete"
        samples={owned}
        danger
        onClick={() =>
          confirmByTyping({
            title: `Permanently delete ${count(owned)}?`,
            children:
              'Files, deliverables, metadata and history are erased. The audit trail keeps only that the samples existed and who deleted them.',
            type: `delete ${count(owned)}`,
            confirm: 'Delete permanently',
            onConfirm: () => start({ samples: owned, act: erase, done: 'deleted' }),
          })
        }
      />
      <Button size="compact-sm" variant="subtle" onClick={clear}>
        Pick none
      </Button>
    </Group>
  )
}

const count = (samples: readonly unknown[]): string =>
  samples.length === 1 ? '1 sample' : `${samples.length} samples`

interface ActionProps {
  verb: string
  samples: readonly SampleOverview[]
  danger?: boolean
  onClick: () => void
}

/** Nothing where none of the picked samples allows it. */
function Action({ verb, samples, danger = false, onClick }: ActionProps) {
  if (samples.length === 0) return null
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={onClick}
      {...(danger ? { c: 'var(--mantine-color-error)' } : {})}
    >
      {verb} {samples.length}
    </Button>
  )
}

function useWork(clear: () => void, acted: () => void) {
  const client = useQueryClient()
  const [tried, setTried] = useState(0)
  const work = useMutation<number, Error, Work>({
    mutationFn: ({ samples, act }) => {
      setTried(0)
      return workThrough(roundsOf(samples), act, setTried)
    },
    onSuccess: (changed, { samples, done }) => {
      const rest = samples.length - changed
      notifications.show({
        message: `${changed} of ${count(samples)} ${changed === 1 ? 'was' : 'were'} ${done}.${
          rest > 0 ? ' The others had changed meanwhile, or their file is no longer kept.' : ''
        }`,
        color: rest > 0 ? 'yellow' : 'drop',
      })
      clear()
    },
    onError: (error) =>
      notifications.show({ title: 'Not everything was done', message: wordsOf(error), color: 'red' }),
    onSettled: async () => {
      await client.invalidateQueries({
        predicate: ({ queryKey: [asked] }) => RENEWED.some((start) => String(asked).startsWith(start)),
      })
      acted()
    },
  })
  const total = work.isPending ? work.variables.samples.length : 0
  return { start: work.mutate, tried, total }
}

/** A round in which nothing can be changed is refused as a whole; the others continue. */
const orNone = (error: unknown): number => {
  if (error instanceof ApiProblem && error.status === 400) return 0
  throw error
}

const post = <Answer,>(path: string, { projectId, ids }: Round) =>
  callApi<Answer>(`${path}/${projectId}`, { method: 'POST', body: { sample_ids: ids } })

const runAgain = (round: Round) =>
  post<ChangedSamples>('project-rerun-samples', round).then(({ sample_ids }) => sample_ids.length, orNone)

const cancel = (round: Round) =>
  post<z.infer<typeof CanceledSamples>>('project-cancel-samples', round).then(
    ({ message }) => Number.parseInt(message, 10),
    orNone,
  )

const hide = (round: Round) => post('project-hide-samples', round).then(() => round.ids.length)
const show = (round: Round) => post('project-unhide-samples', round).then(() => round.ids.length)
const erase = ({ projectId, ids }: Round) =>
  callApi(`project-delete-samples/${projectId}`, { method: 'DELETE', body: { sample_ids: ids } }).then(
    () => ids.length,
  )
