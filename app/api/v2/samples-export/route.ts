import { exportOverviews } from '#lib/insights/export-overviews.ts'
import { OverviewFilter } from '#lib/insights/overview-filter.ts'
import { partnerApi } from '#lib/route.ts'
import { readQuery } from '#lib/wire/read-query.ts'

/** The same samples as a CSV file. Ours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, request }) {
      const filter = readQuery(request, OverviewFilter)
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
