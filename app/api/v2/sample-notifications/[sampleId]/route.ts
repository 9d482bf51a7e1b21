import { partnerApi } from '#lib/route.ts'
import { listDeliveries } from '#lib/samples/list-sample-history.ts'
import { presentSampleNotification } from '#lib/webhooks/wire.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** The webhook deliveries about a sample. Ours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const { page } = readListQuery(request)
      const { count, rows } = await listDeliveries(services, caller, params.sampleId!, page)
      const results = rows.map(presentSampleNotification)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count, results }))
    },
  },
})
