import { stopSecondFactor } from '#lib/people/change-second-factor.ts'
import { readBody } from '#lib/read-body.ts'
import { consoleApi, withCookies } from '#lib/route.ts'

/** Sign in with the password alone again. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = consoleApi({
  POST: {
    async person({ services, request, requestId, caller }) {
      const asked = { fields: await readBody(request), headers: request.headers, requestId }
      return withCookies(Response.json({}), await stopSecondFactor(services, caller, asked))
    },
  },
})
