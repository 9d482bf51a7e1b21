import { presentQuality } from '#lib/analysis/present-quality.ts'
import { partnerApi } from '#lib/route.ts'
import { findSample } from '#lib/samples/find-sample.ts'
import { presentPageOf, readListQuery } from '#lib/wire/page-query.ts'

/** What was checked of a sample's file, and what was measured; empty before its analysis. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const { page } = readListQuery(request)
      const controls = presentQuality((await findSample(services, caller, params.sampleId!)).qc)
      return Response.json(presentPageOf(request, services.env.publicUrl, page, controls))
    },
  },
})
