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

/** Address, name, and what to be told: the same for a new webhook and for one that is changed. */
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
        description="An https URL of your server. It gets a POST for each event."
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
        description="What it is told. Your server may be told of an event twice, and must not mind."
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
