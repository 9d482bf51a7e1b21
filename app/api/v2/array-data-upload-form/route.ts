import { answerInOneTransaction } from '#lib/idempotency/answer-once.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { mintSession } from '#lib/sessions/link/mint-session.ts'
import { presentLink } from '#lib/sessions/link/present-link.ts'

/** Mint an upload session. The partner's backend calls this, never a browser. */
export const { GET, POST, PUT, PATCH, DELETE } = partnerApi({
  POST: {
    right: 'upload_create',
    // The link is signed again for each answer: no token is stored.
    idempotency: 'itself',
    async run({ services, caller, request }) {
      const fields = await readBody(request)
      const key = request.headers.get('idempotency-key')
      const link =
        key === null
          ? await mintSession(services, caller, fields)
          : await answerInOneTransaction(
              services,
              caller,
              { key, request: `mint ${JSON.stringify(fields)}` },
              (tx) => mintSession(services, caller, fields, tx),
            )
      return Response.json(await presentLink(services, link), { status: 201 })
    },
  },
})
