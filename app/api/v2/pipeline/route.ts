import { presentPipeline } from '#lib/projects/pipeline.ts'
import { PipelineFilter } from '#lib/projects/wire.ts'
import { partnerApi } from '#lib/route.ts'
import { presentPageOf, readListQuery } from '#lib/wire/page-query.ts'

/** The one pipeline of this installation. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, request }) {
      const { page } = readListQuery(request, PipelineFilter)
      const all = [presentPipeline()]
      return Response.json(presentPageOf(request, services.env.publicUrl, page, all))
    },
  },
})
