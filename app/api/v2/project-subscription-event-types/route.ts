import { partnerApi } from '#lib/route.ts'
import { presentEventTypes } from '#lib/webhooks/wire.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** What can be subscribed to. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, request }) {
      const { page } = readListQuery(request)
      const all = presentEventTypes()
      const results = all.slice(page.offset, page.offset + page.limit)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count: all.length, results }))
    },
  },
})
