import { confirmSecondFactor } from '#lib/people/change-second-factor.ts'
import { readBody } from '#lib/read-body.ts'
import { consoleApi, withCookies } from '#lib/route.ts'

/** The first code of the authenticator app: from now on signing in requires one. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = consoleApi({
  POST: {
    async person({ services, request, requestId, caller }) {
      const asked = { fields: await readBody(request), headers: request.headers, requestId }
      return withCookies(Response.json({}), await confirmSecondFactor(services, caller, asked))
    },
  },
})
