import { listGrants } from '#lib/people/list-grants.ts'
import { partnerApi } from '#lib/route.ts'

/** What an API key handed out, and what therefore ends when it is revoked. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: null,
    async run({ services, caller, params }) {
      return Response.json(await listGrants(services, caller, params.keyId!))
    },
  },
})
