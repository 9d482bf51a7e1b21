'use server'

import { arraydrop } from '../arraydrop'

/** Who may ask for a link, and for which order, is for your own sign-in to say. */
export async function mintLink(order: string): Promise<string> {
  const { url, sample_id } = await arraydrop().mint({ metadata: { order } }, { idempotencyKey: order })
  // Yours to keep in a database: the webhook names the sample alone.
  console.log(`order ${order} has sample ${sample_id}`)
  // Whoever has the URL can use it: it goes to this person's browser and nowhere else.
  return url
}
