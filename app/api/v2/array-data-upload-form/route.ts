import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { mintSession, presentLink } from '#lib/sessions/link/mint-session.ts'

/** Mint an upload session. The partner's backend calls this, never a browser. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'upload_create',
    // The link is signed again for each answer: no token is stored.
    idempotency: 'itself',
    async run({ services, caller, request }) {
      const fields = await readBody(request)
      const key = request.headers.get('idempotency-key')
      const link = await mintSession(services, caller, fields, { key })
      return Response.json(presentLink(services, link), { status: 201 })
    },
  },
})
