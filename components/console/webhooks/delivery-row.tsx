'use client'

import { Button, Group, Table, Text } from '@mantine/core'
import { useAct } from '../api/use-api.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { type Delivery, deliveryState, WEBHOOK_PATHS } from './webhook.ts'

interface Props {
  delivery: Delivery
  mayResend: boolean
  show: () => void
}

/** One event on its way to the webhook, or arrived. */
export function DeliveryRow({ delivery, mayResend, show }: Props) {
  const resend = useAct({
    path: `notifications/${delivery.id}/resend`,
    renews: WEBHOOK_PATHS,
    done: 'It is being sent again.',
  })
  const { response_status, attempted_at, duration_ms, next_attempt_at, attempts } = delivery
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="xs" ff="monospace">
          {delivery.notification_event_type}
        </Text>
      </Table.Td>
      <Table.Td>
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
            Look
          </Button>
          {mayResend && (
            <Button
              size="compact-sm"
              variant="default"
              loading={resend.isPending}
              onClick={() => resend.mutate()}
            >
              Send again
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}
