import { listQualityTypes } from '#lib/analysis/list-quality-types.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import { partnerApi } from '#lib/route.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** What is checked of every sample of a project. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, params, request }) {
      const { page } = readListQuery(request)
      const types = listQualityTypes(await findVisibleProject(services, caller, params.projectId!))
      const results = types.slice(page.offset, page.offset + page.limit)
      return Response.json(
        presentPage(request, services.env.publicUrl, page, { count: types.length, results }),
      )
    },
  },
})
