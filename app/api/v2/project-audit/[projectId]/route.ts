import { listAudit } from '#lib/audit/list-audit.ts'
import { presentAuditEntry } from '#lib/audit/wire.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import { partnerApi } from '#lib/route.ts'
import { pageQuery, presentPage } from '#lib/wire/page-query.ts'

/** Who did what in a project, newest first. Ours: Gencove has no such path. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'project_write',
    async run({ services, caller, params, request }) {
      const page = pageQuery(request)
      const query = Object.fromEntries(new URL(request.url).searchParams)
      const project = await findVisibleProject(services, caller, params.projectId!)
      const { count, rows } = await listAudit(services, project.id, query, page)
      const results = rows.map(presentAuditEntry)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count, results }))
    },
  },
})
