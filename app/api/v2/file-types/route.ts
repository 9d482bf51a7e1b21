import { findVisibleProject } from '#lib/projects/find-project.ts'
import { partnerApi } from '#lib/route.ts'
import { FILE_TYPES } from '#lib/samples/deliverable.ts'
import { FileTypeFilter } from '#lib/samples/wire.ts'
import { presentPageOf, readListQuery } from '#lib/wire/page-query.ts'

/** What kinds of deliverables there are. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, request }) {
      const { page, filter } = readListQuery(request, FileTypeFilter)
      if (filter.project_id) await findVisibleProject(services, caller, filter.project_id)
      const known = filter.object === 'sample' ? Object.entries(FILE_TYPES) : []
      const all = known.map(([key, { description }]) => ({ key, description }))
      return Response.json(presentPageOf(request, services.env.publicUrl, page, all))
    },
  },
})
