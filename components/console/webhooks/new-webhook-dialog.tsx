'use client'

import { useRouter } from 'next/navigation'
import { useAct } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { SENDING, useUnsaved } from '../frame/unsaved-work.tsx'
import { FormDialog } from '../kit/form-dialog.tsx'
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
    answered: ({ secret }) => showSigningSecret(secret),
  })
  useUnsaved(makeSecret.isPending, SENDING)
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
        done: 'The webhook was created.',
        once: true,
      }}
      submit="Create the webhook"
      // Whoever leaves before the secret is there is asked; its own page comes after it.
      done={({ id }) =>
        makeSecret.mutate(id, { onSettled: () => router.push(sectionHref(projectId, 'webhooks', id)) })
      }
    >
      {(form) => <WebhookFields form={form} />}
    </FormDialog>
  )
}
