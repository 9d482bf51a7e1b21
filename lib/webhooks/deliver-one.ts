import type { OutboundAnswer } from '#lib/platform/outbound/outbound.ts'
import type { Services } from '#lib/services.ts'
import type { DeliveryOutcome, DueDelivery } from './deliveries-table.ts'
import { deliveryBody } from './event.ts'
import {
  ANSWER_BYTES_MAX,
  EXCERPT_CHARACTERS_MAX,
  HEADER_CHARACTERS_MAX,
  HEADERS_MAX,
  TIMEOUT_MS,
} from './limits.ts'
import { parseRetryAfter, retryDelay } from './retry-schedule.ts'
import { openSecret } from './seal-secret.ts'
import { signDelivery } from './sign-delivery.ts'

const NO_ANSWER = {
  untrusted:
    'The certificate was refused: it has expired, is for another name, or its issuer is not known here.',
  unreachable: 'No connection could be made, or it ended without an answer.',
  timed_out: `There was no whole answer within ${TIMEOUT_MS / 1_000} seconds.`,
}

/** Send one signed delivery and judge the response: only 2xx is success, so a redirect is a failure like any other. */
export async function deliverOne(
  { outbound, secrets }: Pick<Services, 'outbound' | 'secrets'>,
  delivery: DueDelivery,
  signal: AbortSignal,
): Promise<DeliveryOutcome> {
  const body = deliveryBody(delivery.event)
  const opened = delivery.sealedSecrets.map((sealed) => openSecret(secrets, delivery.subscriptionId, sealed))
  const signed = { eventId: delivery.event.id, body, at: delivery.at, secrets: await Promise.all(opened) }
  const headers = signDelivery(signed)
  const sent = { 'content-type': 'application/json', 'user-agent': 'Arraydrop-Webhooks', ...headers }
  const begun = performance.now()
  const answer = await outbound.send({
    url: delivery.target,
    method: 'POST',
    headers: sent,
    body,
    timeoutMilliseconds: TIMEOUT_MS,
    answerBytesMax: ANSWER_BYTES_MAX,
    signal,
  })
  return {
    id: delivery.id,
    subscriptionId: delivery.subscriptionId,
    claim: delivery.claim,
    durationMs: Math.round(performance.now() - begun),
    requestHeaders: sent,
    ...('failure' in answer
      ? {
          responseStatus: null,
          responseMessage: NO_ANSWER[answer.failure],
          responseHeaders: {},
          gone: false,
          untrusted: answer.failure === 'untrusted',
          ...nextAttempt(delivery),
        }
      : judge(delivery, answer)),
  }
}

type Judgement = Omit<DeliveryOutcome, 'id' | 'subscriptionId' | 'claim' | 'durationMs' | 'requestHeaders'>

function judge(delivery: DueDelivery, { status, headers, body }: OutboundAnswer): Judgement {
  const answered = {
    responseStatus: status,
    responseMessage: excerptOf(body),
    responseHeaders: headersToKeep(headers),
    gone: status === 410,
  }
  if (status >= 200 && status < 300) return { ...answered, state: 'delivered', delaySeconds: 0 }
  if (status === 410) return { ...answered, state: 'failed', delaySeconds: 0 }
  return { ...answered, ...nextAttempt(delivery, parseRetryAfter(headers['retry-after'], delivery.at)) }
}

/** When to try again; `failed` after the last attempt. */
export function nextAttempt(
  { attempt, attemptsMax }: DueDelivery,
  retryAfterSeconds?: number,
): Pick<Judgement, 'state' | 'delaySeconds'> {
  const random = Math.random()
  const delay = attempt < attemptsMax ? retryDelay(attempt, { random, retryAfterSeconds }) : undefined
  return delay === undefined
    ? { state: 'failed', delaySeconds: 0 }
    : { state: 'pending', delaySeconds: delay }
}

/** Headers of a response as they are kept: at most 50, without cookies, which are the receiver's own. */
function headersToKeep(headers: Record<string, string>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'set-cookie')
  return Object.fromEntries(
    kept.slice(0, HEADERS_MAX).map(([name, value]) => [name, value.slice(0, HEADER_CHARACTERS_MAX)]),
  )
}

/** The beginning of a response as text that PostgreSQL can store: without NUL and partial characters. */
function excerptOf(body: Uint8Array): string {
  const text = new TextDecoder().decode(body.subarray(0, EXCERPT_CHARACTERS_MAX))
  return text.replaceAll('\0', '')
}
