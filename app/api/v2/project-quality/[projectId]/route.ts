import { z } from 'zod'
import { showProjectQuality } from '#lib/insights/show-project-quality.ts'
import { partnerApi } from '#lib/route.ts'
import { readQuery } from '#lib/wire/read-query.ts'

/** It has no filters: one that was dropped would show more than was asked for. */
const NO_FILTERS = z.object({})

/** Call rate and heterozygosity of a project's latest samples, those that stand out, and what came in each week. Ours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      readQuery(request, NO_FILTERS)
      return Response.json(await showProjectQuality(services, caller, params.projectId!))
    },
  },
})
