import { createHmac, randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { generateSecret } from './seal-secret.ts'
import { signDelivery } from './sign-delivery.ts'

const body = '[{"event_id":"x","payload":{"name":"Zoë"}}]'

test('Gencove’s own verifier accepts this signature: its test vector', async () => {
  const sent =
    '[{"event_id": "d379a51e-c213-466a-ba90-dc7179d522e6", "event_type": "analysis_complete_v2", "timestamp": "2021-05-05T14:38:39.925680Z", "payload": {"project": {"id": "9832e5c9-80e8-4852-9517-7489d6be74a3"}, "samples": [{"id": "798a1101-bac1-40d8-9f11-51db2b856bc7", "client_id": "s1", "last_status": {"status": "failed qc"}}]}}]'
  // The vector's secret is text of six characters; base64 of any length is a key for the other signature.
  const headers = signDelivery({
    eventId: 'd379a51e-c213-466a-ba90-dc7179d522e6',
    body: sent,
    at: new Date(1_620_225_520_999),
    secrets: ['S3cret'],
  })
  expect(headers['gencove-signature']).toBe(
    't=1620225520,v1=97048035c391aba9dde79b6c1ccd89c4a6625311e0f36ffa11cb5ac91a831f42596cb6fb665b531ee5beb33cfcfecf7b721fa1e595dfef188020e4b4250c689e',
  )
})

test('the Standard Webhooks library verifies it by the same secret, and refuses another body or id', async () => {
  const secret = generateSecret()
  const headers = signDelivery({ eventId: randomUUID(), body, at: new Date(), secrets: [secret] })
  const receiver = new Webhook(secret)
  expect(receiver.verify(body, headers)).toEqual(JSON.parse(body))
  expect(() => receiver.verify(`${body} `, headers)).toThrow('No matching signature')
  expect(() => receiver.verify(body, { ...headers, 'webhook-id': randomUUID() })).toThrow(
    'No matching signature',
  )
  expect(() => new Webhook(generateSecret()).verify(body, headers)).toThrow('No matching signature')
})

test('while several secrets sign, receivers that know any of them verify it, and Gencove’s parser reads the newest', async () => {
  const [older, old, fresh] = [generateSecret(), generateSecret(), generateSecret()]
  const at = new Date()
  const headers = signDelivery({ eventId: randomUUID(), body, at, secrets: [older, old, fresh] })
  for (const secret of [older, old, fresh]) expect(new Webhook(secret).verify(body, headers)).toBeTruthy()

  const [t, ...signatures] = headers['gencove-signature']!.split(',')
  const hex = (secret: string) =>
    createHmac('sha512', secret)
      .update(`${t!.slice(2)}.${body}`)
      .digest('hex')
  expect(signatures).toEqual([older, old, fresh].map((secret) => `v1=${hex(secret)}`))
})

test('without a secret nothing is signed, and the event still has its id and time', async () => {
  const headers = signDelivery({ eventId: 'e', body, at: new Date(5_000), secrets: [] })
  expect(headers).toEqual({ 'webhook-id': 'e', 'webhook-timestamp': '5' })
})
