'use client'

import { Button, Group, Progress, Text } from '@mantine/core'
import type { z } from 'zod'
import type { SampleOverview } from '#lib/insights/overview-wire.ts'
import { mayDecide, mayFollow } from '#lib/samples/sample.ts'
import type { CanceledSamples, ChangedSamples } from '#lib/samples/wire.ts'
import { callApi } from '../api/api.ts'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { confirmByTyping, confirmFirst } from '../kit/confirm.tsx'
import { countOf } from '../kit/count-of.ts'
import type { SampleWork } from './use-sample-work.ts'
import type { Round } from './work-through.ts'

interface Props {
  picked: readonly SampleOverview[]
  work: SampleWork
  clear: () => void
}

/** What can be done with the picked samples, and how far it has come. A button acts on those that it can be done with. */
export function BulkActions({ picked, work: { start, tried, total }, clear }: Props) {
  const { may } = useSignedInPerson()
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
        {countOf(picked.length, 'sample')} picked
      </Text>
      <Action
        verb="Run again"
        samples={again}
        onClick={() => start({ samples: again, act: runAgain, skips: true, done: 'scheduled' })}
      />
      <Action
        verb="Cancel"
        samples={open}
        onClick={() =>
          confirmFirst({
            title: `Cancel ${countOf(open.length, 'sample')}?`,
            children:
              'Their links stop working at once, their files are deleted, and running analyses end. This cannot be undone.',
            confirm: `Cancel ${countOf(open.length, 'sample')}`,
            cancel: 'Keep them',
            onConfirm: () => start({ samples: open, act: cancel, skips: true, done: 'canceled' }),
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
            title: `Permanently delete ${countOf(owned.length, 'sample')}?`,
            children:
              'Files, deliverables, metadata and history are erased. The audit trail keeps only that the samples existed and who deleted them.',
            type: `delete ${countOf(owned.length, 'sample')}`,
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

const post = <Answer,>(path: string, { projectId, ids }: Round) =>
  callApi<Answer>(`${path}/${projectId}`, { method: 'POST', body: { sample_ids: ids } })

const runAgain = (round: Round) =>
  post<ChangedSamples>('project-rerun-samples', round).then(({ sample_ids }) => sample_ids.length)

const cancel = (round: Round) =>
  post<z.infer<typeof CanceledSamples>>('project-cancel-samples', round).then(({ message }) =>
    Number.parseInt(message, 10),
  )

const hide = (round: Round) => post('project-hide-samples', round).then(() => round.ids.length)
const show = (round: Round) => post('project-unhide-samples', round).then(() => round.ids.length)
const erase = ({ projectId, ids }: Round) =>
  callApi(`project-delete-samples/${projectId}`, { method: 'DELETE', body: { sample_ids: ids } }).then(
    () => ids.length,
  )
