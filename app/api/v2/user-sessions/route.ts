import { endUserSessions, listUserSessions } from '#lib/people/end-user-sessions.ts'
import { SessionsFilter } from '#lib/people/wire.ts'
import { partnerApi } from '#lib/route.ts'
import { presentListed, readPlacedQuery } from '#lib/wire/list-page.ts'
import { readQuery } from '#lib/wire/read-query.ts'

/** Where a person is signed in to the console; signing out everywhere but here. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: null,
    query: true,
    async run({ services, caller, request }) {
      const { page, filter } = readPlacedQuery(request, SessionsFilter)
      const listed = await listUserSessions(services, caller, filter, page)
      return Response.json(presentListed(request, services.env.publicUrl, page, listed))
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
