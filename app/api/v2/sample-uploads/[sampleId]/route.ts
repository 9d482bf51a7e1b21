import { partnerApi } from '#lib/route.ts'
import { listTries } from '#lib/sessions/upload/list-tries.ts'
import { presentTry } from '#lib/sessions/upload/try-wire.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** Every file that was sent for a sample, refused ones included. Ours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const { page } = readListQuery(request)
      const { count, rows } = await listTries(services, caller, params.sampleId!, page)
      const results = rows.map(presentTry)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count, results }))
    },
  },
})
