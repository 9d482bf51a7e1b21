'use client'

import { Select, TextInput } from '@mantine/core'
import { showNotice } from '../api/show-notice.ts'
import { FormDialog } from '../kit/form-dialog.tsx'
import { refusePeriod } from './refuse-period.ts'
import type { Webhook } from './webhook.ts'

interface Values extends Record<string, unknown> {
  /** In the reader's time zone, as the browser's control has it: `2026-01-31T12:00`. */
  from: string
  to: string
  status: string
}

interface Props {
  webhook: Webhook
  opened: boolean
  close: () => void
}

/** Sends the events of a period again, for a server that was down or lost some. */
export function ResendDialog({ webhook, opened, close }: Props) {
  return (
    <FormDialog<Values, { queued: number }>
      title="Send a period again"
      opened={opened}
      close={close}
      initialValues={{ from: '', to: '', status: 'failed' }}
      validate={(period) => refusePeriod(period, new Date())}
      noValidate
      act={{
        path: `project-subscription-resend/${webhook.id}`,
        body: ({ from, to, status }) => ({
          from: instantOf(from),
          ...(to ? { to: instantOf(to) } : {}),
          ...(status ? { status } : {}),
        }),
        once: true,
      }}
      submit="Send again"
      done={({ queued }) =>
        showNotice({
          message: queued === 0 ? 'There was nothing to send.' : `Sending ${queued} again.`,
          color: 'drop',
        })
      }
    >
      {(form) => (
        <>
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
            description="Leave empty for now."
            {...form.getInputProps('to')}
          />
          <Select
            label="Which"
            data={[
              { value: 'failed', label: 'Failed deliveries only' },
              { value: '', label: 'Everything, delivered events too' },
            ]}
            allowDeselect={false}
            {...form.getInputProps('status')}
          />
        </>
      )}
    </FormDialog>
  )
}

const instantOf = (local: string): string => new Date(local).toISOString()
