'use client'

import { Group, Modal, Stack, Text, Title } from '@mantine/core'
import { Disclosure } from '../../ui/disclosure.tsx'
import { useApi } from '../api/use-api.tsx'
import { ApiResult } from '../kit/api-result.tsx'
import { CodeSample } from '../kit/code-sample.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { SendAgain } from './send-again.tsx'
import type { DeliveryDetails } from './webhook.ts'

const REFRESH_SECONDS = 3

interface Props {
  notificationId: string | null
  mayResend: boolean
  close: () => void
}

/** What a delivery sends, and every attempt to send it. */
export function DeliveryDialog({ notificationId, mayResend, close }: Props) {
  return (
    <Modal opened={notificationId !== null} onClose={close} title="Delivery" centered size="lg">
      {notificationId && <Details notificationId={notificationId} mayResend={mayResend} />}
    </Modal>
  )
}

function Details({ notificationId, mayResend }: { notificationId: string; mayResend: boolean }) {
  const asked = useApi<DeliveryDetails>(`notifications/${notificationId}`, undefined, {
    everySeconds: REFRESH_SECONDS,
  })
  return (
    <ApiResult result={asked} lines={5}>
      {({ payload, attempt_log, attempted_at, next_attempt_at }) => (
        <Stack>
          <CodeSample title="Request body" text={JSON.stringify(payload, null, 2)} />
          <Group justify="space-between">
            <Title order={3} size="h5">
              Attempts
            </Title>
            {mayResend && <SendAgain notificationId={notificationId} />}
          </Group>
          {attempt_log.length === 0 && (
            <Text size="sm" c="dimmed">
              {attempted_at === null
                ? 'It has not been sent yet.'
                : 'It was sent by an earlier version, which kept no attempts.'}
            </Text>
          )}
          {attempt_log.length > 0 && next_attempt_at && (
            <Text size="sm" c="dimmed">
              Next attempt: <TimeAgo time={next_attempt_at} />
            </Text>
          )}
          {attempt_log.map((attempt, at) => (
            <Attempt key={attempt.at} attempt={attempt} number={attempt_log.length - at} />
          ))}
        </Stack>
      )}
    </ApiResult>
  )
}

function Attempt({ attempt, number }: { attempt: DeliveryDetails['attempt_log'][number]; number: number }) {
  const { at, duration_ms, response_status, response_message, request_headers, response_headers } = attempt
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <Text size="sm" fw={600}>
          {response_status === null ? 'No response' : `Response ${response_status}`}
        </Text>
        <Text size="sm" c="dimmed">
          <TimeAgo time={at} /> · {duration_ms} ms
        </Text>
      </Group>
      <Disclosure nested title={`Attempt ${number} in full`}>
        <Stack>
          <CodeSample title="Request headers" text={asLines(request_headers)} />
          <CodeSample title="Response headers" text={asLines(response_headers)} />
          <CodeSample title="Response body" text={response_message || '(empty)'} />
        </Stack>
      </Disclosure>
    </Stack>
  )
}

const asLines = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n') || '(none)'
