import { partnerApi } from '#lib/route.ts'
import { listAttempts } from '#lib/webhooks/find-notification.ts'
import { resendNotification } from '#lib/webhooks/resend-notifications.ts'
import { presentNotification } from '#lib/webhooks/wire.ts'

/** Deliver once more. Ours: Gencove has no such path. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'project_write',
    async run({ services, caller, params }) {
      const notification = await resendNotification(services, caller, params.notificationId!)
      const { rows } = await listAttempts(services, notification)
      return Response.json(presentNotification(notification, rows, services.env.publicUrl), {
        status: 202,
      })
    },
  },
})
