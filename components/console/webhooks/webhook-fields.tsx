'use client'

import { Checkbox, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useList } from '../api/use-api.tsx'
import type { EventTypeWords } from './webhook.ts'

export interface WebhookValues extends Record<string, unknown> {
  name: string
  target: string
  event_types: string[]
}

/** Address, name and events of a new or an existing webhook. */
export function WebhookFields({
  form,
  readOnly = false,
}: {
  form: UseFormReturnType<WebhookValues>
  readOnly?: boolean
}) {
  const types = useList<EventTypeWords>('project-subscription-event-types/', { limit: 100 })
  return (
    <>
      <TextInput
        label="Address"
        description="An https URL of your server. It receives a POST for each event."
        placeholder="https://partner.example/webhooks"
        inputMode="url"
        maxLength={255}
        required
        disabled={readOnly}
        data-autofocus
        {...form.getInputProps('target')}
      />
      <TextInput
        label="Name"
        description="For colleagues."
        maxLength={255}
        disabled={readOnly}
        {...form.getInputProps('name')}
      />
      <Checkbox.Group
        label="Events"
        description="Events to deliver. An event can be delivered twice, which your server must tolerate."
        required
        {...form.getInputProps('event_types')}
      >
        <Stack gap="xs" mt="xs">
          {types.data?.results.map(({ key, description }) => (
            <Checkbox
              key={key}
              value={key}
              label={key}
              description={description}
              disabled={readOnly}
              styles={{ label: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8rem' } }}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </>
  )
}
