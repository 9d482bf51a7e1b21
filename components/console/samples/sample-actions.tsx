'use client'

import { Button, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useRouter } from 'next/navigation'
import { mayDecide, mayFollow } from '#lib/samples/sample.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { useAct } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { confirmByTyping, confirmFirst } from '../kit/confirm.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { AcceptDialog } from './accept-dialog.tsx'

/** Runs a sample again, accepts, hides, cancels or deletes it, for people with the right to. Only hiding can be undone. */
export function SampleActions({ sample }: { sample: SampleDetails }) {
  const { may } = useSignedInPerson()
  const router = useRouter()
  const body = () => ({ sample_ids: [sample.id] })
  const cancel = useAct({
    path: `project-cancel-samples/${sample.project}`,
    body,
    done: 'The sample was canceled.',
  })
  const hide = useAct({
    path: `project-${sample.hidden ? 'unhide' : 'hide'}-samples/${sample.project}`,
    body,
    done: sample.hidden ? 'The sample is shown in lists again.' : 'The sample is hidden from lists.',
  })
  const again = useAct({
    path: `project-rerun-samples/${sample.project}`,
    body,
    done: 'The sample was scheduled again.',
  })
  const erase = useAct({
    method: 'DELETE',
    path: `project-delete-samples/${sample.project}`,
    body,
    gone: sample.id,
    done: 'The sample was deleted.',
  })
  const { status } = sample.last_status
  const [accepting, dialog] = useDisclosure()
  return (
    <>
      {may('run_analysis', sample.project) && mayDecide(status, 'scheduled') && (
        <Button
          variant="default"
          loading={again.isPending}
          leftSection={<ConsoleIcon name="refresh" size={16} />}
          onClick={() =>
            confirmFirst({
              title: 'Run this sample again?',
              children:
                'Its file is analysed again by the rules that the project has now. The present files stay until the new ones replace them, and webhooks are told how it ends.',
              confirm: 'Run again',
              danger: false,
              onConfirm: () => again.mutate(),
            })
          }
        >
          Run again
        </Button>
      )}
      {may('project_write', sample.project) && mayDecide(status, 'succeeded') && (
        <>
          <Button
            variant="default"
            leftSection={<ConsoleIcon name="check" size={16} />}
            onClick={dialog.open}
          >
            Accept
          </Button>
          <AcceptDialog
            projectId={sample.project}
            sampleId={sample.id}
            opened={accepting}
            close={dialog.close}
          />
        </>
      )}
      {may('run_analysis', sample.project) && mayFollow(status, 'canceled') && (
        <Button
          variant="default"
          loading={cancel.isPending}
          onClick={() =>
            confirmFirst({
              title: 'Cancel this sample?',
              children:
                'Its link stops working at once, its file is deleted, and a running analysis ends. This cannot be undone.',
              confirm: 'Cancel the sample',
              onConfirm: () => cancel.mutate(),
            })
          }
        >
          Cancel
        </Button>
      )}
      {may('project_write', sample.project) && (
        <Button variant="default" loading={hide.isPending} onClick={() => hide.mutate()}>
          {sample.hidden ? 'Show in lists' : 'Hide from lists'}
        </Button>
      )}
      {may('project_write', sample.project) && (
        <Button
          variant="default"
          c="var(--mantine-color-error)"
          loading={erase.isPending}
          leftSection={<ConsoleIcon name="trash" size={16} />}
          onClick={() =>
            confirmByTyping({
              title: 'Permanently delete this sample?',
              children: <WhatGoes />,
              type: sample.id,
              confirm: 'Delete permanently',
              onConfirm: () =>
                erase.mutate(undefined, {
                  onSuccess: () => router.replace(sectionHref(sample.project, 'samples')),
                }),
            })
          }
        >
          Delete
        </Button>
      )}
    </>
  )
}

const WhatGoes = () => (
  <Stack gap="xs">
    <Text size="sm">The file, the deliverables, the metadata and the history are erased.</Text>
    <Text size="sm">The audit trail keeps only that the sample existed and who deleted it.</Text>
  </Stack>
)
