import type { Secrets } from '#lib/platform/secrets.ts'
import { fromBase64, toBase64 } from './base64.ts'

const NONCE_BYTES = 12

type Keys = Pick<Secrets, 'keysFor'>

/**
 * A secret as it is stored: AES-256-GCM, `<key id>.<nonce and text>`, bound to `about` (a kind of secret and the id of
 * its row), so that it cannot be opened in another row.
 */
export async function sealText(secrets: Keys, about: string, text: string): Promise<string> {
  const { kid, key } = secrets.keysFor('encryption')[0]!
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const bytes = new TextEncoder().encode(text)
  const sealed = await crypto.subtle.encrypt(parameters(nonce, about), await importKey(key), bytes)
  // 12 bytes need no padding, so what follows can simply be appended.
  return `${kid}.${toBase64(nonce)}${toBase64(new Uint8Array(sealed))}`
}

/** The original text. Rejects when its key was removed from APP_SECRET, or when it was sealed with another `about`. */
export async function openText(secrets: Keys, about: string, sealed: string): Promise<string> {
  const [kid, text = ''] = sealed.split('.')
  const found = secrets.keysFor('encryption').find((key) => key.kid === kid)
  if (!found) throw new Error('The key that a stored secret was encrypted with is not in APP_SECRET any more')
  const bytes = fromBase64(text)
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const opened = await crypto.subtle.decrypt(
    parameters(nonce, about),
    await importKey(found.key),
    bytes.subarray(NONCE_BYTES),
  )
  return new TextDecoder().decode(opened)
}

const parameters = (iv: BufferSource, about: string): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(`arraydrop ${about}`),
})

const importKey = (key: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, ['encrypt', 'decrypt'])
