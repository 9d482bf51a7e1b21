import { showInsights } from '#lib/insights/show-insights.ts'
import { InsightsFilter } from '#lib/insights/wire.ts'
import { parseFields } from '#lib/problem.ts'
import { partnerApi } from '#lib/route.ts'

/** How far upload links get, and why they stop. Ours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, request }) {
      const filter = parseFields(InsightsFilter, Object.fromEntries(new URL(request.url).searchParams))
      return Response.json(await showInsights(services, caller, filter))
    },
  },
})
