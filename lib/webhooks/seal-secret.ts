import type { Secrets } from '#lib/platform/secrets.ts'
import { toBase64 } from '#lib/sealing/base64.ts'
import { openText, sealText } from '#lib/sealing/seal-text.ts'

/** 24 random bytes are 32 characters of base64 without padding: as long as Gencove's secrets may be. */
const SECRET_BYTES = 24

type Keys = Pick<Secrets, 'keysFor'>

/** A new signing secret, from the system's random numbers: 32 characters of base64. */
export const generateSecret = (): string => toBase64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))

const about = (subscriptionId: string) => `subscription secret ${subscriptionId}`

/** A subscription's secret as it is stored, bound to that subscription. */
export const sealSecret = (secrets: Keys, subscriptionId: string, secret: string): Promise<string> =>
  sealText(secrets, about(subscriptionId), secret)

/** The original secret. Rejects when its key was removed from APP_SECRET, or when it belongs to another subscription. */
export const openSecret = (secrets: Keys, subscriptionId: string, sealed: string): Promise<string> =>
  openText(secrets, about(subscriptionId), sealed)
