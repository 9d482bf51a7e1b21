'use client'

import { Alert, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { showFieldErrors, useAct, wordsOf } from '../api/use-api.tsx'
import { WEBHOOK_PATHS, type Webhook } from './webhook.ts'

interface Props {
  webhook: Webhook
  opened: boolean
  close: () => void
}

interface Values extends Record<string, unknown> {
  /** As the browser's own control has them, in the reader's zone: `2026-01-31T12:00`. */
  from: string
  to: string
  status: string
}

/** Send again what happened between two times: after a server was away, or lost something. */
export function ResendDialog({ webhook, opened, close }: Props) {
  return (
    <Modal opened={opened} onClose={close} title="Send a time span again" centered>
      <ResendForm webhook={webhook} close={close} />
    </Modal>
  )
}

function ResendForm({ webhook, close }: Omit<Props, 'opened'>) {
  const form = useForm<Values>({
    initialValues: { from: '', to: '', status: 'failed' },
    validate: { from: (from) => (from === '' ? 'Say from when.' : null) },
  })
  const resend = useAct<Values, { queued: number }>({
    path: `project-subscription-resend/${webhook.id}`,
    body: ({ from, to, status }) => ({
      from: instantOf(from),
      ...(to ? { to: instantOf(to) } : {}),
      ...(status ? { status } : {}),
    }),
    renews: WEBHOOK_PATHS,
    toast: false,
  })
  const submit = form.onSubmit((values) =>
    resend.mutate(values, {
      onSuccess: ({ queued }) => {
        close()
        notifications.show({
          message: queued === 0 ? 'There was nothing to send.' : `Being sent again: ${queued}.`,
          color: 'drop',
        })
      },
      onError: (error) => showFieldErrors(form, error),
    }),
  )
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {resend.error && Object.keys(form.errors).length === 0 && (
          <Alert color="red" role="alert">
            {wordsOf(resend.error)}
          </Alert>
        )}
        <TextInput
          type="datetime-local"
          label="From"
          description="In your own time zone."
          required
          data-autofocus
          {...form.getInputProps('from')}
        />
        <TextInput
          type="datetime-local"
          label="Until"
          description="Empty: until now."
          {...form.getInputProps('to')}
        />
        <Select
          label="Which"
          data={[
            { value: 'failed', label: 'Only what failed' },
            { value: '', label: 'Everything, also what arrived' },
          ]}
          allowDeselect={false}
          {...form.getInputProps('status')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={resend.isPending}>
            Send again
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const instantOf = (local: string): string => new Date(local).toISOString()
