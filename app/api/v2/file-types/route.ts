import { partnerApi } from '#lib/route.ts'
import { FILE_TYPES } from '#lib/samples/deliverable.ts'
import { pageQuery, presentPage } from '#lib/wire/page-query.ts'

/** What kinds of deliverables there are. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, request }) {
      const page = pageQuery(request)
      const all = Object.entries(FILE_TYPES).map(([key, { description }]) => ({ key, description }))
      const results = all.slice(page.offset, page.offset + page.limit)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count: all.length, results }))
    },
  },
})
