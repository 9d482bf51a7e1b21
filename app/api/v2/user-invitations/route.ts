import { z } from 'zod'
import { inviteUser, listInvitations } from '#lib/people/invite-user.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { presentListed, readPlacedQuery } from '#lib/wire/list-page.ts'

const NO_FILTER = z.object({})

/** Invitations that can still be accepted; a new one. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'user_manage',
    query: true,
    async run({ services, caller, request }) {
      const { page } = readPlacedQuery(request, NO_FILTER)
      const listed = await listInvitations(services, caller, page)
      return Response.json(presentListed(request, services.env.publicUrl, page, listed))
    },
  },
  POST: {
    right: 'user_manage',
    idempotency: 'never',
    async run({ services, caller, request }) {
      return Response.json(await inviteUser(services, caller, await readBody(request)), { status: 201 })
    },
  },
})
