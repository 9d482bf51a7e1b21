'use client'

import { useRouter } from 'next/navigation'
import { callApi } from '../api/api.ts'
import { sectionHref } from '../frame/addresses.ts'
import { FormDialog } from '../kit/form-dialog.tsx'
import { WEBHOOK_PATHS } from './webhook.ts'
import { WebhookFields, type WebhookValues } from './webhook-fields.tsx'
import { showSigningSecret } from './webhook-secret.tsx'

interface Props {
  projectId: string
  opened: boolean
  close: () => void
}

/** Subscribes a server to events and creates the secret that signs its deliveries. */
export function NewWebhookDialog({ projectId, opened, close }: Props) {
  const router = useRouter()
  return (
    <FormDialog<WebhookValues, { id: string }>
      title="New webhook"
      opened={opened}
      close={close}
      size="lg"
      initialValues={{ name: '', target: '', event_types: ['analysis_complete_v2'] }}
      noValidate
      act={{
        path: `project-subscriptions/${projectId}`,
        renews: WEBHOOK_PATHS,
        done: 'The webhook was created.',
      }}
      submit="Create the webhook"
      done={async ({ id }) => {
        router.push(sectionHref(projectId, 'webhooks', id))
        // Deliveries are unsigned without it. Should this request fail, the webhook's own page can create one.
        const made = await callApi<{ secret: string }>(`project-subscription-secret/${id}`, {
          method: 'POST',
          body: {},
        }).catch(() => null)
        if (made) showSigningSecret(made.secret)
      }}
    >
      {(form) => <WebhookFields form={form} />}
    </FormDialog>
  )
}
