import { verifyWebhook, WebhookError } from '@arraydrop/client'

/** The bytes as they came: what was parsed and written again has another signature. */
export async function POST(request: Request): Promise<Response> {
  const body = new Uint8Array(await request.arrayBuffer())
  try {
    for (const event of verifyWebhook(process.env.ARRAYDROP_WEBHOOK_SECRET ?? '', request.headers, body)) {
      // A delivery may come twice: keep event.event_id in your database and do nothing for one that is there.
      for (const { id, last_status } of event.payload.samples) {
        console.log(`${event.event_type}: sample ${id} is ${last_status.status}`)
      }
    }
    return new Response(null, { status: 204 })
  } catch (error) {
    if (error instanceof WebhookError) return new Response(null, { status: 401 })
    throw error
  }
}
