import { listAudit } from '#lib/audit/list-audit.ts'
import { AuditFilter, presentAuditEntry } from '#lib/audit/wire.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import { partnerApi } from '#lib/route.ts'
import { readPlacedQuery } from '#lib/wire/list-page.ts'
import { presentPage } from '#lib/wire/page-query.ts'

/** Who did what in a project, newest first. Ours: Gencove has no such path. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'project_write',
    async run({ services, caller, params, request }) {
      const { page, filter } = readPlacedQuery(request, AuditFilter)
      const project = await findVisibleProject(services, caller, params.projectId!)
      const { rows, next, ...found } = await listAudit(services, project.id, filter, page)
      const listed = { ...found, results: rows.map(presentAuditEntry), after: next }
      return Response.json(presentPage(request, services.env.publicUrl, page, listed))
    },
  },
})
