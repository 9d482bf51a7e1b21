import { endUserSessions } from '#lib/people/end-user-sessions.ts'
import { partnerApi } from '#lib/route.ts'

/** One session, ended. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  DELETE: {
    right: null,
    async run({ services, caller, params, request }) {
      const query = Object.fromEntries(new URL(request.url).searchParams)
      await endUserSessions(services, caller, query, params.sessionId!)
      return new Response(null, { status: 204 })
    },
  },
})
