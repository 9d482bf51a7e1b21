import { partnerApi } from '#lib/route.ts'
import { listStatuses } from '#lib/samples/list-sample-history.ts'
import { presentStatus } from '#lib/samples/wire.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** The history of a sample, newest first. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const { page } = readListQuery(request)
      const { count, rows } = await listStatuses(services, caller, params.sampleId!, page)
      const results = rows.map(presentStatus)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count, results }))
    },
  },
})
