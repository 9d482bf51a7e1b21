import { renewRecoveryCodes } from '#lib/people/change-second-factor.ts'
import { readBody } from '#lib/read-body.ts'
import { consoleApi } from '#lib/route.ts'

/** Ten new recovery codes; earlier ones stop working. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = consoleApi({
  POST: {
    async person({ services, request, requestId, caller }) {
      const asked = { fields: await readBody(request), headers: request.headers, requestId }
      return Response.json({ recovery_codes: await renewRecoveryCodes(services, caller, asked) })
    },
  },
})
