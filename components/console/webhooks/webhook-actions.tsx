'use client'

import { Button, Menu } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useAct } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { confirmFirst } from '../kit/confirm.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import type { Webhook } from './webhook.ts'

/** Send a test event, switch the webhook on or off, delete it. */
export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const { may } = useSignedInPerson()
  if (!may('project_write', webhook.project)) return null
  return (
    <>
      {!webhook.disabled && <SendTest webhook={webhook} />}
      <Switching webhook={webhook} />
      <Deleting webhook={webhook} />
    </>
  )
}

function SendTest({ webhook }: { webhook: Webhook }) {
  const send = useAct<string>({
    path: `project-subscription-test/${webhook.id}`,
    body: (event_type) => ({ event_type }),
    done: 'The test event was queued.',
  })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button loading={send.isPending}>Send a test event</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Without a sample, sent once</Menu.Label>
        {webhook.event_types.map((type) => (
          <Menu.Item key={type} ff="monospace" fz="xs" onClick={() => send.mutate(type)}>
            {type}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Switching({ webhook }: { webhook: Webhook }) {
  const act = useAct<boolean>({
    method: 'PATCH',
    path: `project-subscription-details/${webhook.id}`,
    body: (disabled) => ({ disabled }),
    done: webhook.disabled ? 'The webhook was switched on.' : 'The webhook was switched off.',
  })
  return (
    <Button variant="default" loading={act.isPending} onClick={() => act.mutate(!webhook.disabled)}>
      {webhook.disabled ? 'Switch on' : 'Switch off'}
    </Button>
  )
}

function Deleting({ webhook }: { webhook: Webhook }) {
  const router = useRouter()
  const erase = useAct({
    method: 'DELETE',
    path: `project-subscription-details/${webhook.id}`,
    gone: webhook.id,
    done: 'The webhook was deleted.',
  })
  return (
    <Button
      variant="default"
      c="var(--mantine-color-error)"
      loading={erase.isPending}
      leftSection={<ConsoleIcon name="trash" size={16} />}
      onClick={() =>
        confirmFirst({
          title: 'Delete this webhook?',
          children: 'Its log and undelivered events are deleted with it. This cannot be undone.',
          confirm: 'Delete the webhook',
          onConfirm: () =>
            erase.mutate(undefined, {
              onSuccess: () => router.replace(sectionHref(webhook.project, 'webhooks')),
            }),
        })
      }
    >
      Delete
    </Button>
  )
}
