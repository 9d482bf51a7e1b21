import { listWholeAudit } from '#lib/audit/list-audit.ts'
import { presentAuditEntry, WholeAuditFilter } from '#lib/audit/wire.ts'
import { partnerApi } from '#lib/route.ts'
import { presentListed, readPlacedQuery } from '#lib/wire/list-page.ts'

/** Who did what in the whole installation, newest first. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'project_write',
    query: true,
    async run({ services, caller, request }) {
      const { page, filter } = readPlacedQuery(request, WholeAuditFilter)
      const found = await listWholeAudit(services, caller, filter, page)
      const listed = { ...found, rows: found.rows.map(presentAuditEntry) }
      return Response.json(presentListed(request, services.env.publicUrl, page, listed))
    },
  },
})
