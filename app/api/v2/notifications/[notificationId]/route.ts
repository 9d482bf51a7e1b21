import { partnerApi } from '#lib/route.ts'
import { findNotification, listAttempts } from '#lib/webhooks/find-notification.ts'
import { presentNotification } from '#lib/webhooks/wire.ts'

/** One delivery: what was sent, and what was answered. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, params }) {
      const notification = await findNotification(services, caller, params.notificationId!)
      const { rows } = await listAttempts(services, notification)
      return Response.json(presentNotification(notification, rows, services.env.publicUrl))
    },
  },
})
