import { inviteUser, listInvitations } from '#lib/people/invite-user.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { presentPageOf, readListQuery } from '#lib/wire/page-query.ts'

/** Invitations that can still be accepted; a new one. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'user_manage',
    query: true,
    async run({ services, caller, request }) {
      const { page } = readListQuery(request)
      const all = await listInvitations(services, caller)
      return Response.json(presentPageOf(request, services.env.publicUrl, page, all))
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
