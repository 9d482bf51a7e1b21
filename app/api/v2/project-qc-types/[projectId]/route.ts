import { listQualityTypes } from '#lib/analysis/list-quality-types.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import { partnerApi } from '#lib/route.ts'
import { presentPageOf, readListQuery } from '#lib/wire/page-query.ts'

/** What is checked of every sample of a project. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const { page } = readListQuery(request)
      const types = listQualityTypes(await findVisibleProject(services, caller, params.projectId!))
      return Response.json(presentPageOf(request, services.env.publicUrl, page, types))
    },
  },
})
