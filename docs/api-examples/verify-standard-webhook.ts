// WEBHOOK_ID, WEBHOOK_TIMESTAMP and SIGNATURE are the headers webhook-id, webhook-timestamp and webhook-signature.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { env } from 'node:process'

const { SECRET = '', WEBHOOK_ID = '', WEBHOOK_TIMESTAMP = '', SIGNATURE = '', BODY_FILE = '' } = env
const key = Buffer.from(SECRET, 'base64')
if (key.length === 0) throw new Error('SECRET is missing')
if (!(Math.abs(Date.now() / 1000 - Number(WEBHOOK_TIMESTAMP)) <= 300)) throw new Error('too old')
const expected = createHmac('sha256', key)
  .update(`${WEBHOOK_ID}.${WEBHOOK_TIMESTAMP}.`)
  .update(await readFile(BODY_FILE))
  .digest()
const genuine = SIGNATURE.split(' ').some((signature) => {
  const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
})
if (!genuine) throw new Error('not genuine')
console.log('genuine')
