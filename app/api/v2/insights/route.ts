import { showInsights } from '#lib/insights/show-insights.ts'
import { InsightsFilter } from '#lib/insights/wire.ts'
import { partnerApi } from '#lib/route.ts'
import { readQuery } from '#lib/wire/read-query.ts'

/** How far upload links get, and why they stop. Ours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, request }) {
      const filter = readQuery(request, InsightsFilter)
      return Response.json(await showInsights(services, caller, filter))
    },
  },
})
