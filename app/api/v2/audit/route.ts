import { pageQuery, presentPage } from '#lib/page-query.ts'
import { presentAuditEntry } from '#lib/projects/audit-wire.ts'
import { listWholeAudit } from '#lib/projects/list-audit.ts'
import { partnerApi } from '#lib/route.ts'

/** Who did what in the whole installation, newest first. */
export const { GET, POST, PUT, PATCH, DELETE } = partnerApi({
  GET: {
    right: 'project_write',
    async run({ services, caller, request }) {
      const page = pageQuery(request)
      const query = Object.fromEntries(new URL(request.url).searchParams)
      const { count, rows } = await listWholeAudit(services, caller, query, page)
      const results = rows.map(presentAuditEntry)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count, results }))
    },
  },
})
