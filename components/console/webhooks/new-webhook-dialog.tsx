'use client'

import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import { callApi } from '../api/api.ts'
import { showFieldErrors, useAct, wordsOf } from '../api/use-api.tsx'
import { showSecret } from './show-secret.ts'
import { WEBHOOK_PATHS } from './webhook.ts'
import { WebhookFields, type WebhookValues } from './webhook-fields.tsx'

interface Props {
  projectId: string
  opened: boolean
  close: () => void
}

/** Subscribe a server to events, and make the secret that its deliveries are signed with. */
export function NewWebhookDialog({ projectId, opened, close }: Props) {
  return (
    <Modal opened={opened} onClose={close} title="New webhook" centered size="lg">
      <NewWebhookForm projectId={projectId} close={close} />
    </Modal>
  )
}

function NewWebhookForm({ projectId, close }: Omit<Props, 'opened'>) {
  const router = useRouter()
  const form = useForm<WebhookValues>({
    initialValues: { name: '', target: '', event_types: ['analysis_complete_v2'] },
  })
  const create = useAct<WebhookValues, { id: string }>({
    path: `project-subscriptions/${projectId}`,
    renews: WEBHOOK_PATHS,
    done: 'The webhook is there.',
    toast: false,
  })
  const submit = form.onSubmit((values) =>
    create.mutate(values, {
      onSuccess: async ({ id }) => {
        close()
        router.push(`/console/webhooks/${id}`)
        // Without it deliveries are not signed; its own page makes one where this did not come through.
        const made = await callApi<{ secret: string }>(`project-subscription-secret/${id}`, {
          method: 'POST',
          body: {},
        }).catch(() => null)
        if (made) showSecret(made.secret)
      },
      onError: (error) => showFieldErrors(form, error),
    }),
  )
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {create.error && Object.keys(form.errors).length === 0 && (
          <Alert color="red" role="alert">
            {wordsOf(create.error)}
          </Alert>
        )}
        <WebhookFields form={form} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create the webhook
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
