import { z } from 'zod'
import { listApiKeys } from '#lib/keys/find-api-keys.ts'
import { issueApiKey } from '#lib/keys/issue-api-key.ts'
import { presentApiKey, presentNewApiKey } from '#lib/keys/wire.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { presentListed, readPlacedQuery } from '#lib/wire/list-page.ts'

const NO_FILTER = z.object({})

/** Working API keys that the caller may know of; a new one, shown this once. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: null,
    query: true,
    async run({ services, caller, request }) {
      const { page } = readPlacedQuery(request, NO_FILTER)
      const listed = await listApiKeys(services, caller, page)
      const rows = listed.rows.map(presentApiKey)
      return Response.json(presentListed(request, services.env.publicUrl, page, { ...listed, rows }))
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
