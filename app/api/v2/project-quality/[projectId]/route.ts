import { showProjectQuality } from '#lib/insights/show-project-quality.ts'
import { partnerApi } from '#lib/route.ts'

/** Call rate and heterozygosity of a project's latest samples, those that stand out, and what came in each week. Ours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, params }) {
      return Response.json(await showProjectQuality(services, caller, params.projectId!))
    },
  },
})
