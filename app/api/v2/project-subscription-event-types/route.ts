import { partnerApi } from '#lib/route.ts'
import { presentEventTypes } from '#lib/webhooks/wire.ts'
import { presentPageOf, readListQuery } from '#lib/wire/page-query.ts'

/** What can be subscribed to. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, request }) {
      const { page } = readListQuery(request)
      const all = presentEventTypes()
      return Response.json(presentPageOf(request, services.env.publicUrl, page, all))
    },
  },
})
