import { listRuns } from '#lib/analysis/list-runs.ts'
import { presentRun } from '#lib/analysis/run-wire.ts'
import { partnerApi } from '#lib/route.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** Every analysis of a sample. Ours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const { page } = readListQuery(request)
      const { count, rows } = await listRuns(services, caller, params.sampleId!, page)
      const results = rows.map(presentRun)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count, results }))
    },
  },
})
