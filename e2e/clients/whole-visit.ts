import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { env } from 'node:process'
import { Arraydrop, verifyWebhook, WebhookError } from '../../clients/typescript/src/client.ts'

// A partner's program: mints a link, or does all that comes after its file. Run by openapi.spec.ts.
const { ARRAYDROP_HOST = '', ARRAYDROP_API_KEY, SAMPLE_ID, FOLDER = '', DELIVERY = '' } = env
const arraydrop = new Arraydrop({ host: ARRAYDROP_HOST, apiKey: ARRAYDROP_API_KEY })

function refuses(secret: string, body: string, options = {}): boolean {
  try {
    verifyWebhook(secret, headers, body, options)
    return false
  } catch (error) {
    return error instanceof WebhookError
  }
}

const { secret, headers, body } = JSON.parse(DELIVERY)
if (SAMPLE_ID === undefined) {
  const first = await arraydrop.mint({ metadata: { order: 7 } }, { idempotencyKey: 'order-ts' })
  const again = await arraydrop.mint({ metadata: { order: 7 } }, { idempotencyKey: 'order-ts' })
  console.log(JSON.stringify({ ...first, same: again.sample_id === first.sample_id }))
} else {
  const sample = await arraydrop.wait(SAMPLE_ID, { seconds: 60 })
  const [file] = sample.files
  const to = path.join(FOLDER, 'results', 'file')
  await arraydrop.download(file!, to)
  const whole = await readFile(to)
  await rm(to)
  await writeFile(`${to}.part`, whole.subarray(0, 1_000))
  await arraydrop.download(file!, to)
  const [event] = verifyWebhook(secret, headers, body)
  const page = await arraydrop.request('GET', '/docs').catch((error) => String(error))
  const refused = await arraydrop.get('00000000-0000-0000-0000-000000000000').catch((error) => error.status)
  console.log(
    JSON.stringify({
      status: sample.last_status.status,
      resumed: whole.equals(await readFile(to)),
      event: event!.event_type,
      forged: refuses(secret, `${body} `) && refuses('A'.repeat(32), body),
      old: refuses(secret, body, { now: Date.now() + 600_000 }),
      refused,
      page: /not an answer of the service \(text\/html/.test(String(page)),
    }),
  )
}
