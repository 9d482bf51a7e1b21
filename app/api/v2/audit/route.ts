import { listWholeAudit } from '#lib/audit/list-audit.ts'
import { presentAuditEntry, WholeAuditFilter } from '#lib/audit/wire.ts'
import { partnerApi } from '#lib/route.ts'
import { readPlacedQuery } from '#lib/wire/list-page.ts'
import { presentPage } from '#lib/wire/page-query.ts'

/** Who did what in the whole installation, newest first. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'project_write',
    async run({ services, caller, request }) {
      const { page, filter } = readPlacedQuery(request, WholeAuditFilter)
      const { rows, next, ...found } = await listWholeAudit(services, caller, filter, page)
      const listed = { ...found, results: rows.map(presentAuditEntry), after: next }
      return Response.json(presentPage(request, services.env.publicUrl, page, listed))
    },
  },
})
