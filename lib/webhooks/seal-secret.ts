import { fromBase64, toBase64 } from '#lib/projects/base64.ts'
import type { Secrets } from '#lib/services.ts'

/** 24 random bytes are 32 characters of base64 without padding: as long as Gencove's secrets may be. */
const SECRET_BYTES = 24
const NONCE_BYTES = 12

type Keys = Pick<Secrets, 'keysFor'>

/** A new signing secret, from the system's random numbers: 32 characters of base64. */
export const generateSecret = (): string => toBase64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))

/** A subscription's secret as it is stored: AES-256-GCM, bound to that subscription, `<key id>.<nonce and text>`. */
export async function sealSecret(secrets: Keys, subscriptionId: string, secret: string): Promise<string> {
  const { kid, key } = secrets.keysFor('encryption')[0]!
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const text = new TextEncoder().encode(secret)
  const sealed = await crypto.subtle.encrypt(parameters(nonce, subscriptionId), await importKey(key), text)
  // 12 bytes need no padding, so what follows can simply be appended.
  return `${kid}.${toBase64(nonce)}${toBase64(new Uint8Array(sealed))}`
}

/** The secret again. Rejects when its key is gone from APP_SECRET, or when it was another subscription's. */
export async function openSecret(secrets: Keys, subscriptionId: string, sealed: string): Promise<string> {
  const [kid, text = ''] = sealed.split('.')
  const found = secrets.keysFor('encryption').find((key) => key.kid === kid)
  if (!found)
    throw new Error('The key that a webhook secret was encrypted with is not in APP_SECRET any more')
  const bytes = fromBase64(text)
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const opened = await crypto.subtle.decrypt(
    parameters(nonce, subscriptionId),
    await importKey(found.key),
    bytes.subarray(NONCE_BYTES),
  )
  return new TextDecoder().decode(opened)
}

const parameters = (iv: BufferSource, subscriptionId: string): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(`arraydrop subscription secret ${subscriptionId}`),
})

const importKey = (key: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, ['encrypt', 'decrypt'])
