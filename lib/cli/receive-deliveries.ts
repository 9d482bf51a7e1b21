import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signDelivery } from '#lib/webhooks/sign-delivery.ts'
import { misused } from './failure.ts'
import { refuseStandardSignature, verifyGencoveSignature } from './verify-delivery.ts'

export interface Delivery {
  eventId: string
  eventType: string
  genuine: boolean
  /** Why it is not genuine. */
  refusal: string | undefined
  /** The status returned to the sender. */
  answered: number
  body: string
}

interface Receiving {
  /** Empty until there is one; earlier deliveries are refused, and will be retried. */
  secret(): string
  forwardTo: string | undefined
  /** Signs what is forwarded in place of the sender's secret. */
  forwardSecret?: string | undefined
  onDelivery(delivery: Delivery): void
}

/** A delivery has a few hundred bytes. */
const BODY_BYTES_MAX = 1_048_576
const FORWARD_MS_MAX = 14_000
/** Headers of the connection are not forwarded. */
const OWN_HEADERS = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding']

/**
 * Receive webhooks on 127.0.0.1: both signatures of each are checked, and only genuine ones are forwarded or get a 200.
 * `stop` lets pending responses finish.
 */
export async function receiveDeliveries(port: number, receiving: Receiving) {
  const server = createServer((request, response) => {
    receiveOne(request, response, receiving).catch(() => response.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening').catch((error: unknown) => {
    throw misused(`Cannot listen on port ${port}: ${error instanceof Error ? error.message : String(error)}`)
  })
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${taken}/`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

async function receiveOne(request: IncomingMessage, response: ServerResponse, receiving: Receiving) {
  const body = await readBounded(request)
  if (request.method !== 'POST' || body === undefined || receiving.secret() === '') {
    response.writeHead(503, { Connection: 'close' }).end()
    return
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  const refusal = refuse(receiving.secret(), headers, body)
  const answered = refusal === undefined ? await answerTo(headers, body, receiving) : 401
  // Closed, so that nothing waits for this connection when stopping.
  response.writeHead(answered, { Connection: 'close' })
  await new Promise<void>((resolve) => response.end(resolve))
  receiving.onDelivery({
    eventId: headers['webhook-id'] ?? '',
    eventType: eventTypeOf(body),
    genuine: refusal === undefined,
    refusal,
    answered,
    body,
  })
}

function refuse(secret: string, headers: Record<string, string>, body: string): string | undefined {
  const gencove = headers['gencove-signature'] ?? ''
  if (!verifyGencoveSignature(secret, gencove, body)) return 'Gencove-Signature does not match'
  return refuseStandardSignature(secret, headers, body)
}

/** 200, or the status of the program it was forwarded to; 502 when that did not respond. */
async function answerTo(
  headers: Record<string, string>,
  body: string,
  { forwardTo: to, forwardSecret }: Receiving,
) {
  if (to === undefined) return 200
  const kept = Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name))
  const eventId = headers['webhook-id'] ?? ''
  const signed =
    forwardSecret === undefined
      ? {}
      : signDelivery({ eventId, body, at: new Date(), secrets: [forwardSecret] })
  const passedOn = { ...Object.fromEntries(kept), ...signed }
  try {
    const signal = AbortSignal.timeout(FORWARD_MS_MAX)
    const answer = await fetch(to, { method: 'POST', headers: passedOn, body, redirect: 'manual', signal })
    await answer.body?.cancel()
    return answer.status
  } catch {
    return 502
  }
}

async function readBounded(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_BYTES_MAX) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function eventTypeOf(body: string): string {
  try {
    const [event] = JSON.parse(body) as { event_type?: unknown }[]
    return String(event?.event_type ?? '')
  } catch {
    return ''
  }
}
