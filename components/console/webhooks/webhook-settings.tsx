'use client'

import { Button, Group, Paper, Stack } from '@mantine/core'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { FormError } from '../kit/form-error.tsx'
import { OvertakenNotice } from '../kit/overtaken-notice.tsx'
import { useDraft } from '../kit/use-draft.ts'
import type { Webhook } from './webhook.ts'
import { WebhookFields, type WebhookValues } from './webhook-fields.tsx'

const valuesOf = ({ name, target, event_types }: WebhookValues): WebhookValues => ({
  name,
  target,
  event_types,
})

const LABELS = { target: 'Address', name: 'Name', event_types: 'Events' }

/** Where deliveries go, and which. */
export function WebhookSettings({ webhook }: { webhook: Webhook }) {
  const { may } = useSignedInPerson()
  const readOnly = !may('project_write', webhook.project)
  const { form, changed, saving, error, save, overtaken, takeTheirs } = useDraft<WebhookValues, Webhook>({
    kept: valuesOf(webhook),
    source: { path: `project-subscription-details/${webhook.id}`, values: valuesOf },
    act: {
      method: 'PATCH',
      path: `project-subscription-details/${webhook.id}`,
      done: 'The webhook was saved.',
    },
    keptBy: valuesOf,
  })
  return (
    <Paper withBorder p="md" component="section" aria-label="Settings">
      <form onSubmit={form.onSubmit(save)} noValidate>
        <Stack>
          <FormError form={form} error={error} />
          <WebhookFields form={form} readOnly={readOnly} />
          <OvertakenNotice
            fields={overtaken.map((name) => LABELS[name as keyof typeof LABELS])}
            take={takeTheirs}
          />
          {!readOnly && (
            <Group>
              <Button type="submit" loading={saving} disabled={!changed}>
                Save
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Paper>
  )
}
