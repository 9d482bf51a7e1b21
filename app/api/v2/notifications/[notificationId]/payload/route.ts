import { partnerApi } from '#lib/route.ts'
import { findNotification } from '#lib/webhooks/find-notification.ts'
import { presentPayload } from '#lib/webhooks/wire.ts'

/** The body of a delivery, byte for byte, so that its signature can be checked again. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, params }) {
      const notification = await findNotification(services, caller, params.notificationId!)
      return new Response(presentPayload(notification), { headers: { 'Content-Type': 'application/json' } })
    },
  },
})
