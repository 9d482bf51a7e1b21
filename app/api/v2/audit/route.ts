import { listWholeAudit } from '#lib/audit/list-audit.ts'
import { presentAuditEntry, WholeAuditFilter } from '#lib/audit/wire.ts'
import { partnerApi } from '#lib/route.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** Who did what in the whole installation, newest first. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'project_write',
    async run({ services, caller, request }) {
      const { page, filter } = readListQuery(request, WholeAuditFilter)
      const { count, rows } = await listWholeAudit(services, caller, filter, page)
      const results = rows.map(presentAuditEntry)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count, results }))
    },
  },
})
