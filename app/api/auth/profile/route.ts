import { changeProfile } from '#lib/people/change-profile.ts'
import { readBody } from '#lib/read-body.ts'
import { consoleApi } from '#lib/route.ts'

/** The name of the person signed in. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = consoleApi({
  POST: {
    async person({ services, request, caller }) {
      await changeProfile(services, caller, await readBody(request))
      return Response.json({})
    },
  },
})
