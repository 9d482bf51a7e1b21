// A partner's backend with Express: mints links, receives webhooks, serves the page of ../plain-html.
import path from 'node:path'
import { Arraydrop, verifyWebhook, WebhookError } from '@arraydrop/client'
import express from 'express'

const {
  ARRAYDROP_HOST = 'http://localhost:3000',
  ARRAYDROP_API_KEY,
  ARRAYDROP_WEBHOOK_SECRET = '',
} = process.env
const port = Number(process.env.PORT ?? 4000)
const arraydrop = new Arraydrop({ host: ARRAYDROP_HOST, apiKey: ARRAYDROP_API_KEY })

/** Yours to keep in a database: which order a sample belongs to, and what became of it. */
const orders = new Map<string, { order: string; status: string }>()
/** A delivery may come twice: its id says so. */
const handled = new Set<string>()

const app = express()
app.use(express.static(path.join(import.meta.dirname, '../plain-html')))

app.post('/upload-links', async (_request, response) => {
  // Who may ask for a link, and for which order, is for your own sign-in to say.
  const order = crypto.randomUUID()
  const { url, sample_id } = await arraydrop.mint({ metadata: { order } }, { idempotencyKey: order })
  orders.set(sample_id, { order, status: 'consumer awaiting data' })
  // Whoever has the URL can use it: it goes to this person's browser and nowhere else, least of all to a log.
  response.status(201).json({ url })
})

// The bytes as they came: what was parsed and written again has another signature.
app.post('/webhooks', express.raw({ type: '*/*', limit: '1mb' }), (request, response) => {
  try {
    for (const { event_id, payload } of verifyWebhook(
      ARRAYDROP_WEBHOOK_SECRET,
      request.headers,
      request.body,
    )) {
      if (handled.has(event_id)) continue
      handled.add(event_id)
      for (const { id, last_status } of payload.samples) {
        const known = orders.get(id)
        if (known) known.status = last_status.status
        // Fetch deliverables in a job of yours: the answer is due within 15 seconds.
        if (last_status.status === 'succeeded') console.log(`order ${known?.order}: results are ready`)
      }
    }
    response.status(204).end()
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error
    response.status(401).end()
  }
})

app.listen(port, () => console.log(`http://localhost:${port}`))
