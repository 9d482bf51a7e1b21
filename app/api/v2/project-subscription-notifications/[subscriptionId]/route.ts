import { partnerApi } from '#lib/route.ts'
import { listNotifications } from '#lib/webhooks/find-notification.ts'
import { NotificationFilter, presentNotificationListItem } from '#lib/webhooks/wire.ts'
import { presentListed, readPlacedQuery } from '#lib/wire/list-page.ts'

/** The log of a webhook, newest first. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const { page, filter } = readPlacedQuery(request, NotificationFilter)
      const found = await listNotifications(services, caller, params.subscriptionId!, {
        ...page,
        state: filter.status,
      })
      const listed = { ...found, rows: found.rows.map(presentNotificationListItem) }
      return Response.json(presentListed(request, services.env.publicUrl, page, listed))
    },
  },
})
