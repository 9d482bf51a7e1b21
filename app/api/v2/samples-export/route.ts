import { exportOverviews } from '#lib/insights/export-overviews.ts'
import { OverviewConditions } from '#lib/insights/overview-filter.ts'
import { partnerApi } from '#lib/route.ts'
import { readQuery } from '#lib/wire/read-query.ts'

/** The same samples as a CSV file, newest first: an order that is asked for is refused. Ours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, request }) {
      const filter = readQuery(request, OverviewConditions)
      return new Response(exportOverviews(services, caller, filter), {
        headers: {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': 'attachment; filename=samples.csv',
          'X-Content-Type-Options': 'nosniff',
        },
      })
    },
  },
})
