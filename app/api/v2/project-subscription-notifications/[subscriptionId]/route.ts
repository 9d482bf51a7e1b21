import { partnerApi } from '#lib/route.ts'
import { listNotifications } from '#lib/webhooks/find-notification.ts'
import { NotificationFilter, presentNotificationListItem } from '#lib/webhooks/wire.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** The log of a webhook, newest first. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, params, request }) {
      const { page, filter } = readListQuery(request, NotificationFilter)
      const log = await listNotifications(services, caller, params.subscriptionId!, {
        ...page,
        state: filter.status,
      })
      const results = log.rows.map(presentNotificationListItem)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count: log.count, results }))
    },
  },
})
