import { changeApiKey } from '#lib/keys/change-api-key.ts'
import { presentApiKey } from '#lib/keys/wire.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'

/** One API key: renamed, or revoked for good. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  PATCH: {
    right: null,
    async run({ services, caller, params, request }) {
      const key = await changeApiKey(services, caller, params.keyId!, await readBody(request))
      return Response.json(presentApiKey(key))
    },
  },
  DELETE: {
    right: null,
    async run({ services, caller, params }) {
      await changeApiKey(services, caller, params.keyId!, { revoked: true })
      return new Response(null, { status: 204 })
    },
  },
})
