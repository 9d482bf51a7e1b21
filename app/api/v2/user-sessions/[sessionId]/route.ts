import { endUserSessions } from '#lib/people/end-user-sessions.ts'
import { SessionsFilter } from '#lib/people/wire.ts'
import { partnerApi } from '#lib/route.ts'
import { readQuery } from '#lib/wire/read-query.ts'

/** One session, ended. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  DELETE: {
    right: null,
    query: true,
    async run({ services, caller, params, request }) {
      const filter = readQuery(request, SessionsFilter)
      await endUserSessions(services, caller, filter, params.sessionId!)
      return new Response(null, { status: 204 })
    },
  },
})
