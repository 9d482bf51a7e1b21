import { listOverviews } from '#lib/insights/list-overviews.ts'
import { OverviewFilter } from '#lib/insights/overview-filter.ts'
import { presentOverview } from '#lib/insights/overview-wire.ts'
import { partnerApi } from '#lib/route.ts'
import { readPlacedQuery } from '#lib/wire/list-page.ts'
import { presentPage } from '#lib/wire/page-query.ts'

/** The samples of every project that the caller sees. Ours: Gencove has no such path. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, request }) {
      const { page, filter } = readPlacedQuery(request, OverviewFilter)
      const { more, next, ...found } = await listOverviews(services, caller, filter, page)
      const listed = { ...found, results: found.rows.map(presentOverview), after: next }
      const { meta, results } = presentPage(request, services.env.publicUrl, page, listed)
      return Response.json({ meta: { ...meta, more }, results })
    },
  },
})
