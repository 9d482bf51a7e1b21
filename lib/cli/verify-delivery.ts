import { createHmac, timingSafeEqual } from 'node:crypto'
import { Webhook } from 'standardwebhooks'

/** Whether `Gencove-Signature: t=…,v1=…` proves that the sender has the secret. */
export function verifyGencoveSignature(secret: string, header: string, body: string): boolean {
  const fields = header.split(',').map((field) => field.trim())
  const time = fields.find((field) => field.startsWith('t='))?.slice(2)
  if (time === undefined) return false
  const expected = createHmac('sha512', secret).update(`${time}.${body}`).digest()
  return fields
    .filter((field) => field.startsWith('v1='))
    .some((field) => {
      const given = Buffer.from(field.slice(3), 'hex')
      return given.length === expected.length && timingSafeEqual(given, expected)
    })
}

/** Why the three headers of Standard Webhooks do not prove it; undefined when they do. At most five minutes old. */
export function refuseStandardSignature(
  secret: string,
  headers: Record<string, string>,
  body: string,
): string | undefined {
  try {
    new Webhook(secret).verify(body, headers)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
