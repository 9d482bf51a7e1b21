import { partnerApi } from '#lib/route.ts'
import { findNotification, listAttempts } from '#lib/webhooks/find-notification.ts'
import { presentAttempt } from '#lib/webhooks/wire.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** Every attempt to make one delivery, the latest first. Ours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const { page } = readListQuery(request)
      const notification = await findNotification(services, caller, params.notificationId!)
      const { count, rows } = await listAttempts(services, notification, page)
      const results = rows.map(presentAttempt)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count, results }))
    },
  },
})
