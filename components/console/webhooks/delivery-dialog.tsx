'use client'

import { Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { Disclosure } from '../../ui/disclosure.tsx'
import { useApi, useList } from '../api/use-api.tsx'
import { ApiResult } from '../kit/api-result.tsx'
import { CodeSample } from '../kit/code-sample.tsx'
import { FIRST_PAGE } from '../kit/page-place.ts'
import { Pager } from '../kit/pager.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { SendAgain } from './send-again.tsx'
import type { Attempt, DeliveryDetails } from './webhook.ts'

const REFRESH_SECONDS = 3
const LIMIT = 10

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
      {({ payload, attempted_at, next_attempt_at }) => (
        <Stack>
          <CodeSample title="Request body" text={JSON.stringify(payload, null, 2)} />
          <Group justify="space-between">
            <Title order={3} size="h5">
              Attempts
            </Title>
            {mayResend && <SendAgain notificationId={notificationId} />}
          </Group>
          {attempted_at !== null && next_attempt_at && (
            <Text size="sm" c="dimmed">
              Next attempt: <TimeAgo time={next_attempt_at} />
            </Text>
          )}
          <Attempts
            notificationId={notificationId}
            body={JSON.stringify(payload)}
            none={
              attempted_at === null
                ? 'It has not been sent yet.'
                : 'It was sent by an earlier version, which kept no attempts.'
            }
          />
        </Stack>
      )}
    </ApiResult>
  )
}

interface AttemptsProps {
  notificationId: string
  /** As it was sent. */
  body: string
  none: string
}

/** All attempts, the latest first. */
function Attempts({ notificationId, body, none }: AttemptsProps) {
  const [place, turn] = useState(FIRST_PAGE)
  const asked = useList<Attempt>(
    `notifications/${notificationId}/attempts`,
    { limit: LIMIT, offset: place.offset },
    { everySeconds: REFRESH_SECONDS },
  )
  return (
    <ApiResult result={asked} lines={2}>
      {({ results, meta }) => (
        <Stack>
          {meta.count === 0 && (
            <Text size="sm" c="dimmed">
              {none}
            </Text>
          )}
          {results.map((attempt, at) => (
            <AttemptInFull
              key={attempt.at}
              attempt={attempt}
              body={body}
              number={meta.count - place.offset - at}
            />
          ))}
          <Pager meta={meta} rows={results.length} limit={LIMIT} place={place} turn={turn} />
        </Stack>
      )}
    </ApiResult>
  )
}

function AttemptInFull({ attempt, body, number }: { attempt: Attempt; body: string; number: number }) {
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
          <SignatureBase headers={request_headers} body={body} />
          <CodeSample title="Response headers" text={asLines(response_headers)} />
          <CodeSample
            title={response_status === null ? 'What happened' : 'Response body'}
            text={response_message || '(empty)'}
          />
        </Stack>
      </Disclosure>
    </Stack>
  )
}

/** What the signatures of an attempt were made of: what a server whose check fails compares with its own. */
function SignatureBase({ headers, body }: { headers: Record<string, string>; body: string }) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'gencove-signature': gencove } = headers
  if (!('webhook-signature' in headers) || !id || !timestamp) return null
  return (
    <>
      <CodeSample title="Signed as webhook-signature (HMAC-SHA256)" text={`${id}.${timestamp}.${body}`} />
      {gencove && (
        <CodeSample
          title="Signed as Gencove-Signature (HMAC-SHA512)"
          text={`${/^t=(\d+)/.exec(gencove)?.[1] ?? timestamp}.${body}`}
        />
      )}
    </>
  )
}

const asLines = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n') || '(none)'
