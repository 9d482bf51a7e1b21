import { listOverviews } from '#lib/insights/list-overviews.ts'
import { OverviewFilter } from '#lib/insights/overview-filter.ts'
import { presentOverview } from '#lib/insights/overview-wire.ts'
import { partnerApi } from '#lib/route.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** The samples of every project that the caller sees. Ours: Gencove has no such path. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, request }) {
      const { page, filter } = readListQuery(request, OverviewFilter)
      const { count, more, rows } = await listOverviews(services, caller, filter, page)
      const results = rows.map(presentOverview)
      const { meta } = presentPage(request, services.env.publicUrl, page, { count, results })
      return Response.json({ meta: { ...meta, more }, results })
    },
  },
})
