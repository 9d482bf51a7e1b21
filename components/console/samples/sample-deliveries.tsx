'use client'

import { Button, Group, Table, Text } from '@mantine/core'
import { useState } from 'react'
import type { SampleDetails } from '#lib/samples/wire.ts'
import type { SampleNotificationItem } from '#lib/webhooks/wire.ts'
import { useAct, useList } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TableFrame } from '../kit/table-frame.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { DeliveryDialog } from '../webhooks/delivery-dialog.tsx'

const REFRESH_SECONDS = 5
const LINES_MAX = 100

/** The webhook deliveries about a sample. */
export function SampleDeliveries({ sample }: { sample: SampleDetails }) {
  const { may } = useSignedInPerson()
  const deliveries = useList<SampleNotificationItem>(
    `sample-notifications/${sample.id}`,
    { limit: LINES_MAX },
    { everySeconds: REFRESH_SECONDS },
  )
  const [shown, show] = useState<string | null>(null)
  const mayResend = may('project_write', sample.project)
  return (
    <ApiResult
      result={deliveries}
      lines={6}
      empty={{
        when: ({ results }) => results.length === 0,
        show: (
          <EmptyState icon="webhooks" title="No deliveries yet">
            Webhooks of this project that subscribe to an event of this sample receive it, and each delivery
            appears here.
          </EmptyState>
        ),
      }}
    >
      {({ results }) => (
        <>
          <TableFrame
            label="Deliveries of this sample"
            head={['Event', 'Delivery', 'Answer', 'To', 'When', 'Actions']}
          >
            {results.map((one) => (
              <Delivery key={one.id} one={one} mayResend={mayResend} show={() => show(one.id)} />
            ))}
          </TableFrame>
          <DeliveryDialog notificationId={shown} mayResend={mayResend} close={() => show(null)} />
        </>
      )}
    </ApiResult>
  )
}

interface DeliveryProps {
  one: SampleNotificationItem
  mayResend: boolean
  show: () => void
}

function Delivery({ one, mayResend, show }: DeliveryProps) {
  const resend = useAct({
    path: `notifications/${one.id}/resend`,
    done: 'Sending again.',
  })
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="xs" ff="monospace">
          {one.notification_event_type}
        </Text>
      </Table.Td>
      <Table.Td miw={120}>
        <StatusBadge status={one.status} />
        <Text size="xs" c="dimmed">
          {one.attempts === 1 ? '1 try' : `${one.attempts} tries`}
        </Text>
      </Table.Td>
      <Table.Td>
        {one.response_status ?? (one.attempted_at ? 'none' : '–')}
        {one.duration_ms !== null && (
          <Text size="xs" c="dimmed">
            {one.duration_ms} ms
          </Text>
        )}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{one.subscription_name || one.target}</Table.Td>
      <Table.Td>
        <TimeAgo time={one.attempted_at ?? one.created} />
      </Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Button size="compact-sm" variant="default" onClick={show}>
            View
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
