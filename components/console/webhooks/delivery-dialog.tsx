'use client'

import { Modal, Stack, Text } from '@mantine/core'
import { useApi } from '../api/use-api.tsx'
import { ApiResult } from '../kit/api-result.tsx'
import { CodeSample } from '../kit/code-sample.tsx'
import type { DeliveryDetails } from './webhook.ts'

/** What was sent and what came back, both as text. */
export function DeliveryDialog({
  notificationId,
  close,
}: {
  notificationId: string | null
  close: () => void
}) {
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
          <CodeSample title="What is sent" text={JSON.stringify(payload, null, 2)} />
          {attempted_at ? (
            <CodeSample
              title={response_status === null ? 'No answer' : `Answer ${response_status}`}
              text={response_message || '(empty)'}
            />
          ) : (
            <Text size="sm" c="dimmed">
              It was not tried yet.
            </Text>
          )}
        </Stack>
      )}
    </ApiResult>
  )
}
