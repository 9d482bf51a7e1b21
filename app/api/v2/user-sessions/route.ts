import { endUserSessions, listUserSessions } from '#lib/people/end-user-sessions.ts'
import { SessionsFilter } from '#lib/people/wire.ts'
import { partnerApi } from '#lib/route.ts'
import { presentPageOf, readListQuery } from '#lib/wire/page-query.ts'
import { readQuery } from '#lib/wire/read-query.ts'

/** Where a person is signed in to the console; signing out everywhere but here. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: null,
    query: true,
    async run({ services, caller, request }) {
      const { page, filter } = readListQuery(request, SessionsFilter)
      const all = await listUserSessions(services, caller, filter)
      return Response.json(presentPageOf(request, services.env.publicUrl, page, all))
    },
  },
  DELETE: {
    right: null,
    query: true,
    async run({ services, caller, request }) {
      return Response.json({
        ended: await endUserSessions(services, caller, readQuery(request, SessionsFilter)),
      })
    },
  },
})
