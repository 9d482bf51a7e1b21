import { listAudit } from '#lib/audit/list-audit.ts'
import { AuditFilter, presentAuditEntry } from '#lib/audit/wire.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import { partnerApi } from '#lib/route.ts'
import { presentListed, readPlacedQuery } from '#lib/wire/list-page.ts'

/** Who did what in a project, newest first. Ours: Gencove has no such path. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'project_write',
    query: true,
    async run({ services, caller, params, request }) {
      const { page, filter } = readPlacedQuery(request, AuditFilter)
      const project = await findVisibleProject(services, caller, params.projectId!)
      const found = await listAudit(services, project.id, filter, page)
      const listed = { ...found, rows: found.rows.map(presentAuditEntry) }
      return Response.json(presentListed(request, services.env.publicUrl, page, listed))
    },
  },
})
