import { fromBase64 } from '#lib/sealing/base64.ts'
import { signText } from '#lib/sealing/digest.ts'

interface Delivery {
  eventId: string
  body: string
  /** When this attempt is made. */
  at: Date
  /** Every secret that signs, the newest last. Without any, the answer holds no signature. */
  secrets: readonly string[]
}

/**
 * The headers that prove where a delivery comes from, in both forms: `Gencove-Signature` (HMAC-SHA512, hex, over
 * `t.body`, keyed by the secret's text) and Standard Webhooks (HMAC-SHA256, base64, over `id.timestamp.body`, keyed by
 * the bytes that the secret is the base64 of). While several secrets sign, the newest stands last in Gencove's header,
 * because a verifier that reads it as a dictionary keeps the last one.
 */
export function signDelivery({ eventId, body, at, secrets }: Delivery): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  const headers = { 'webhook-id': eventId, 'webhook-timestamp': timestamp }
  if (secrets.length === 0) return headers

  const gencove = secrets.map((secret) => signText('sha512', secret, `${timestamp}.${body}`).toString('hex'))
  const standard = secrets.map((secret) =>
    signText('sha256', fromBase64(secret), `${eventId}.${timestamp}.${body}`).toString('base64'),
  )
  return {
    ...headers,
    'webhook-signature': standard.map((digest) => `v1,${digest}`).join(' '),
    'gencove-signature': [`t=${timestamp}`, ...gencove.map((digest) => `v1=${digest}`)].join(','),
  }
}
