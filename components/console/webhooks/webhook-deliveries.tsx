'use client'

import { Button, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useList } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { askFor, FIRST_PAGE } from '../kit/page-place.ts'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TableFrame } from '../kit/table-frame.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { DeliveryDialog } from './delivery-dialog.tsx'
import { ResendDialog } from './resend-dialog.tsx'
import { SendAgain } from './send-again.tsx'
import { type Delivery, deliveryState, type Webhook } from './webhook.ts'

const LIMIT = 25
const REFRESH_SECONDS = 3
const STATES = [
  { value: '', label: 'All' },
  { value: 'pending', label: 'Waiting' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'failed', label: 'Failed' },
]

/** A webhook's deliveries, newest first. */
export function WebhookDeliveries({ webhook }: { webhook: Webhook }) {
  const { may } = useSignedInPerson()
  const [status, setStatus] = useState('')
  const [place, turn] = useState(FIRST_PAGE)
  const [shown, show] = useState<string | null>(null)
  const [resending, dialog] = useDisclosure()
  const mayResend = may('project_write', webhook.project)
  const log = useList<Delivery>(
    `project-subscription-notifications/${webhook.id}`,
    { status, limit: LIMIT, ...askFor(place) },
    { everySeconds: REFRESH_SECONDS },
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
            turn(FIRST_PAGE)
          }}
        />
        {mayResend && !webhook.disabled && (
          <Button variant="default" onClick={dialog.open}>
            Send a period again
          </Button>
        )}
      </Group>
      <ApiResult
        result={log}
        lines={8}
        empty={{
          when: ({ meta }) => meta.count === 0,
          show: (
            <EmptyState icon="webhooks" title={status ? 'None in this state' : 'Nothing sent yet'}>
              {status
                ? 'Choose another state above.'
                : 'Events of the project appear here as they are sent. Send a test event to see whether your server answers.'}
            </EmptyState>
          ),
        }}
      >
        {({ results, meta }) => (
          <TableFrame
            label="Deliveries"
            head={['Event', 'State', 'Answer', 'Tries', 'When', 'Actions']}
            pages={{ meta, rows: results.length, limit: LIMIT, place, turn }}
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
      <DeliveryDialog
        notificationId={shown}
        mayResend={mayResend && !webhook.disabled}
        close={() => show(null)}
      />
      <ResendDialog webhook={webhook} opened={resending} close={dialog.close} />
    </Stack>
  )
}

interface Props {
  delivery: Delivery
  mayResend: boolean
  show: () => void
}

/** One event, waiting or delivered. */
function DeliveryRow({ delivery, mayResend, show }: Props) {
  const { response_status, attempted_at, duration_ms, next_attempt_at, attempts } = delivery
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="xs" ff="monospace">
          {delivery.notification_event_type}
        </Text>
      </Table.Td>
      <Table.Td miw={120}>
        <StatusBadge status={deliveryState(delivery)} />
      </Table.Td>
      <Table.Td>
        {response_status ?? (attempted_at ? 'None' : '–')}
        {duration_ms !== null && (
          <Text size="xs" c="dimmed">
            {duration_ms} ms
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {attempts}
        {next_attempt_at && attempts > 0 && (
          <Text size="xs" c="dimmed">
            next <TimeAgo time={next_attempt_at} />
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <TimeAgo time={attempted_at ?? delivery.created} />
      </Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Button size="compact-sm" variant="default" onClick={show}>
            View
          </Button>
          {mayResend && <SendAgain notificationId={delivery.id} />}
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}
