// SIGNATURE is the Gencove-Signature header, BODY_FILE the body exactly as received.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { env } from 'node:process'

const { SECRET = '', SIGNATURE = '', BODY_FILE = '', MAX_AGE = '300' } = env
if (!SECRET) throw new Error('SECRET is missing')
const body = await readFile(BODY_FILE)
const fields = SIGNATURE.split(',').map((field) => field.trim().split('='))
const time = fields.find(([name]) => name === 't')?.[1] ?? ''
if (!(Math.abs(Date.now() / 1000 - Number(time)) <= Number(MAX_AGE))) throw new Error('too old')
const expected = createHmac('sha512', SECRET).update(`${time}.`).update(body).digest()
const genuine = fields.some(([name, value = '']) => {
  const given = Buffer.from(value, 'hex')
  return name === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
})
if (!genuine) throw new Error('not genuine')
console.log('genuine')
