'use client'

import { Button, Group, Modal, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useAct, useApi, useList } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { CodeSample } from '../kit/code-sample.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TableFrame } from '../kit/table-frame.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { ResendDialog } from './resend-dialog.tsx'
import { type Delivery, type DeliveryDetails, deliveryState, WEBHOOK_PATHS, type Webhook } from './webhook.ts'

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
  const [offset, turn] = useState(0)
  const [shown, show] = useState<string | null>(null)
  const [resending, dialog] = useDisclosure()
  const mayResend = may('project_write', webhook.project)
  const log = useList<Delivery>(
    `project-subscription-notifications/${webhook.id}`,
    { status, limit: LIMIT, offset },
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
            turn(0)
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

interface Props {
  delivery: Delivery
  mayResend: boolean
  show: () => void
}

/** One event, waiting or delivered. */
function DeliveryRow({ delivery, mayResend, show }: Props) {
  const resend = useAct({
    path: `notifications/${delivery.id}/resend`,
    renews: WEBHOOK_PATHS,
    done: 'Sending again.',
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

/** The request and the answer of a delivery, as text. */
function DeliveryDialog({ notificationId, close }: { notificationId: string | null; close: () => void }) {
  return (
    <Modal opened={notificationId !== null} onClose={close} title="Delivery" centered size="lg">
      {notificationId && <Details notificationId={notificationId} />}
    </Modal>
  )
}

function Details({ notificationId }: { notificationId: string }) {
  const asked = useApi<DeliveryDetails>(`notifications/${notificationId}`)
  return (
    <ApiResult result={asked} lines={5}>
      {({ payload, response_status, response_message, attempted_at }) => (
        <Stack>
          <CodeSample title="Request body" text={JSON.stringify(payload, null, 2)} />
          {attempted_at ? (
            <CodeSample
              title={response_status === null ? 'No answer' : `Answer ${response_status}`}
              text={response_message || '(empty)'}
            />
          ) : (
            <Text size="sm" c="dimmed">
              It has not been sent yet.
            </Text>
          )}
        </Stack>
      )}
    </ApiResult>
  )
}
