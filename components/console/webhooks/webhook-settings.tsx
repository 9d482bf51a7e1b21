'use client'

import { Button, Group, Paper, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { showFieldErrors, useAct } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { useUnsaved } from '../frame/unsaved-work.tsx'
import { FormError } from '../kit/form-error.tsx'
import { WEBHOOK_PATHS, type Webhook } from './webhook.ts'
import { WebhookFields, type WebhookValues } from './webhook-fields.tsx'

/** Where deliveries go, and which. */
export function WebhookSettings({ webhook }: { webhook: Webhook }) {
  const { may } = useSignedInPerson()
  const readOnly = !may('project_write', webhook.project)
  const { name, target, event_types } = webhook
  const form = useForm<WebhookValues>({ initialValues: { name, target, event_types } })
  useUnsaved(form.isDirty())
  const save = useAct<WebhookValues>({
    method: 'PATCH',
    path: `project-subscription-details/${webhook.id}`,
    renews: WEBHOOK_PATHS,
    done: 'The webhook was saved.',
    toast: false,
  })
  const submit = form.onSubmit((values) =>
    save.mutate(values, {
      onSuccess: () => form.resetDirty(),
      onError: (error) => showFieldErrors(form, error),
    }),
  )
  return (
    <Paper withBorder p="md" component="section" aria-label="Settings">
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormError form={form} error={save.error} />
          <WebhookFields form={form} readOnly={readOnly} />
          {!readOnly && (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                Save
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Paper>
  )
}
