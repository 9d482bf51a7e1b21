import { listApiKeys } from '#lib/keys/find-api-keys.ts'
import { issueApiKey } from '#lib/keys/issue-api-key.ts'
import { presentApiKey, presentNewApiKey } from '#lib/keys/wire.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** Working API keys that the caller may know of; a new one, shown this once. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: null,
    query: true,
    async run({ services, caller, request }) {
      const { page } = readListQuery(request)
      const { count, rows } = await listApiKeys(services, caller, page)
      const results = rows.map(presentApiKey)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count, results }))
    },
  },
  POST: {
    right: null,
    idempotency: 'never',
    async run({ services, caller, request }) {
      const issued = await issueApiKey(services, caller, await readBody(request))
      return Response.json(presentNewApiKey(issued), { status: 201 })
    },
  },
})
