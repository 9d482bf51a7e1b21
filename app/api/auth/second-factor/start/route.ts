import { startSecondFactor } from '#lib/people/change-second-factor.ts'
import { readBody } from '#lib/read-body.ts'
import { consoleApi, withCookies } from '#lib/route.ts'

/** A secret for the authenticator app, and recovery codes. They take effect once confirmed. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = consoleApi({
  POST: {
    async person({ services, request, requestId, caller }) {
      const asked = { fields: await readBody(request), headers: request.headers, requestId }
      const { cookies, body } = await startSecondFactor(services, caller, asked)
      const { address, recoveryCodes } = body
      return withCookies(Response.json({ address, recovery_codes: recoveryCodes }), cookies)
    },
  },
})
