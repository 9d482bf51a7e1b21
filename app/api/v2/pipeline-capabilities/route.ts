import { searchCapabilities } from '#lib/projects/pipeline-capability.ts'
import { CapabilityFilter, presentCapability } from '#lib/projects/wire.ts'
import { partnerApi } from '#lib/route.ts'
import { presentPageOf, readListQuery } from '#lib/wire/page-query.ts'

/** What the samples of a project can be made from, by ids or by name. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, request }) {
      const { page, filter } = readListQuery(request, CapabilityFilter)
      const found = searchCapabilities(services.capabilities, filter.search).map(presentCapability)
      return Response.json(presentPageOf(request, services.env.publicUrl, page, found))
    },
  },
})
