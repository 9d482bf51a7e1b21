'use client'

import { Button, Group, SegmentedControl, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useList } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { TableFrame } from '../kit/table-frame.tsx'
import { DeliveryDialog } from './delivery-dialog.tsx'
import { DeliveryRow } from './delivery-row.tsx'
import { ResendDialog } from './resend-dialog.tsx'
import type { Delivery, Webhook } from './webhook.ts'

const LIMIT = 25
const RENEWED_SECONDS = 3
const STATES = [
  { value: '', label: 'All' },
  { value: 'pending', label: 'Waiting' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'failed', label: 'Failed' },
]

/** The log of a webhook, newest first. */
export function WebhookDeliveries({ webhook }: { webhook: Webhook }) {
  const { may } = useSignedInPerson()
  const [status, setStatus] = useState('')
  const [offset, turn] = useState(0)
  const [shown, show] = useState<string | null>(null)
  const [resending, dialog] = useDisclosure()
  const mayResend = may('project_write', webhook.project)
  const log = useList<Delivery>(
    `project-subscription-notifications/${webhook.id}`,
    { status, limit: LIMIT, offset },
    { everySeconds: RENEWED_SECONDS },
  )
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <SegmentedControl
          transitionDuration={0}
          aria-label="State of the deliveries"
          size="sm"
          data={STATES}
          value={status}
          onChange={(value) => {
            setStatus(value)
            turn(0)
          }}
        />
        {mayResend && !webhook.disabled && (
          <Button variant="default" onClick={dialog.open}>
            Send a time span again
          </Button>
        )}
      </Group>
      <ApiResult
        result={log}
        lines={8}
        empty={{
          when: ({ meta }) => meta.count === 0,
          show: (
            <EmptyState icon="webhooks" title={status ? 'None in this state' : 'Nothing was sent yet'}>
              {status
                ? 'Choose another state above.'
                : 'What happens in the project appears here as it is sent. Send a test event to see whether your server answers.'}
            </EmptyState>
          ),
        }}
      >
        {({ results, meta }) => (
          <TableFrame
            label="Deliveries"
            head={['Event', 'State', 'Answer', 'Tries', 'When', 'Actions']}
            pages={{ count: meta.count, limit: LIMIT, offset, turn }}
          >
            {results.map((delivery) => (
              <DeliveryRow
                key={delivery.id}
                delivery={delivery}
                mayResend={mayResend && !webhook.disabled}
                show={() => show(delivery.id)}
              />
            ))}
          </TableFrame>
        )}
      </ApiResult>
      <DeliveryDialog notificationId={shown} close={() => show(null)} />
      <ResendDialog webhook={webhook} opened={resending} close={dialog.close} />
    </Stack>
  )
}
