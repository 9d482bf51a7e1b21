import { fromBase64, toBase64 } from '#lib/sealing/base64.ts'

interface Delivery {
  eventId: string
  body: string
  /** When this attempt is made. */
  at: Date
  /** Every secret that signs, the newest last. Without any, the answer holds no signature. */
  secrets: readonly string[]
}

const encoder = new TextEncoder()

/**
 * The headers that prove where a delivery comes from, in both forms: `Gencove-Signature` (HMAC-SHA512, hex, over
 * `t.body`, keyed by the secret's text) and Standard Webhooks (HMAC-SHA256, base64, over `id.timestamp.body`, keyed by
 * the bytes that the secret is the base64 of). While two secrets sign, the newest stands last in Gencove's header,
 * because a verifier that reads it as a dictionary keeps the last one.
 */
export async function signDelivery({
  eventId,
  body,
  at,
  secrets,
}: Delivery): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  const headers = { 'webhook-id': eventId, 'webhook-timestamp': timestamp }
  if (secrets.length === 0) return headers

  const [gencove, standard] = await Promise.all([
    Promise.all(secrets.map((secret) => hmac('SHA-512', encoder.encode(secret), `${timestamp}.${body}`))),
    Promise.all(
      secrets.map((secret) => hmac('SHA-256', fromBase64(secret), `${eventId}.${timestamp}.${body}`)),
    ),
  ])
  return {
    ...headers,
    'webhook-signature': standard.map((digest) => `v1,${toBase64(digest)}`).join(' '),
    'gencove-signature': [`t=${timestamp}`, ...gencove.map((digest) => `v1=${toHex(digest)}`)].join(','),
  }
}

async function hmac(hash: 'SHA-256' | 'SHA-512', key: BufferSource, text: string): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(text)))
}

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
