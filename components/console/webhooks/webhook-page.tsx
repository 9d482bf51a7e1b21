'use client'

import { Alert, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useApi } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useChosenProject, useProjectCrumbs, useProjectInAddress } from '../frame/chosen-project.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useTabs } from '../frame/use-tabs.ts'
import { ApiResult } from '../kit/api-result.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { NotFoundNotice } from '../kit/not-found-notice.tsx'
import { Tabbed } from '../kit/tabbed.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import type { Webhook } from './webhook.ts'
import { WebhookActions } from './webhook-actions.tsx'
import { WebhookDeliveries } from './webhook-deliveries.tsx'
import { WebhookSecret } from './webhook-secret.tsx'
import { WebhookSettings } from './webhook-settings.tsx'

const REFRESH_SECONDS = 10

const TABS: { key: string; label: string; show: (webhook: Webhook) => ReactNode }[] = [
  { key: 'deliveries', label: 'Deliveries', show: (webhook) => <WebhookDeliveries webhook={webhook} /> },
  { key: 'settings', label: 'Settings', show: (webhook) => <WebhookSettings webhook={webhook} /> },
  { key: 'secret', label: 'Secret and verification', show: (webhook) => <WebhookSecret webhook={webhook} /> },
]

/** One webhook: its deliveries, settings and secret. */
export function WebhookPage({ subscriptionId }: { subscriptionId: string }) {
  const asked = useApi<Webhook>(
    `project-subscription-details/${encodeURIComponent(subscriptionId)}`,
    {},
    { everySeconds: REFRESH_SECONDS },
  )
  const { projects, projectId } = useChosenProject()
  const crumbs = useProjectCrumbs()
  const webhook = asked.data
  const project = projects.find(({ id }) => id === webhook?.project)
  useProjectInAddress('webhooks', webhook?.project, subscriptionId)
  return (
    <PageFrame
      title={webhook?.name || (webhook && new URL(webhook.target).host) || 'Webhook'}
      description={webhook && [project?.name, webhook.target].filter(Boolean).join(' → ')}
      crumbs={[
        ...crumbs,
        { label: 'Webhooks', href: sectionHref(webhook?.project ?? projectId, 'webhooks') },
      ]}
      actions={webhook && <WebhookActions webhook={webhook} />}
    >
      <ApiResult
        result={asked}
        lines={8}
        missing={
          <NotFoundNotice
            what="webhook"
            back={{ label: 'All webhooks', href: sectionHref(projectId, 'webhooks') }}
          />
        }
      >
        {(there) => <WebhookTabs webhook={there} />}
      </ApiResult>
    </PageFrame>
  )
}

function WebhookTabs({ webhook }: { webhook: Webhook }) {
  const { chosen, choose } = useTabs(TABS)
  return (
    <Stack gap="md">
      <Trouble webhook={webhook} />
      <Tabbed tabs={TABS} chosen={chosen} choose={choose}>
        {chosen.show(webhook)}
      </Tabbed>
    </Stack>
  )
}

/** Why events do not arrive, and what happens to them. */
function Trouble({ webhook }: { webhook: Webhook }) {
  if (webhook.disabled) {
    return (
      <Alert color="red" icon={<ConsoleIcon name="warning" />} title="Switched off">
        {webhook.disabled_reason} Nothing is delivered. Events wait and are sent once it is switched on.
      </Alert>
    )
  }
  if (webhook.failing_since) {
    return (
      <Alert color="yellow" icon={<ConsoleIcon name="warning" />} title="Deliveries are failing">
        None arrives; the first failure was <TimeAgo time={webhook.failing_since} />. Deliveries are retried;
        after five days the webhook is switched off.
      </Alert>
    )
  }
  if (!webhook.has_secret) {
    return (
      <Alert color="yellow" icon={<ConsoleIcon name="warning" />} title="Not signed">
        Your server cannot tell our deliveries from forged ones. Create a secret under “Secret and
        verification”.
      </Alert>
    )
  }
  return null
}
