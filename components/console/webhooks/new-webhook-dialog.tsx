'use client'

import { useRouter } from 'next/navigation'
import { useAct } from '../api/use-api.tsx'
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
  // Deliveries are unsigned without it. Should this fail, that is said, and the webhook's own page can create one.
  const makeSecret = useAct<string, { secret: string }>({
    path: (id) => `project-subscription-secret/${id}`,
    body: () => ({}),
    renews: WEBHOOK_PATHS,
    answered: ({ secret }) => showSigningSecret(secret),
  })
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
        once: true,
      }}
      submit="Create the webhook"
      done={({ id }) => {
        router.push(sectionHref(projectId, 'webhooks', id))
        makeSecret.mutate(id)
      }}
    >
      {(form) => <WebhookFields form={form} />}
    </FormDialog>
  )
}
