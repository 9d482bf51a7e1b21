import { presentPipeline } from '#lib/projects/pipeline.ts'
import { PipelineFilter } from '#lib/projects/wire.ts'
import { partnerApi } from '#lib/route.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** The one pipeline of this installation. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, request }) {
      const { page } = readListQuery(request, PipelineFilter)
      const all = [presentPipeline()]
      const results = all.slice(page.offset, page.offset + page.limit)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count: all.length, results }))
    },
  },
})
