import { changeProfile } from '#lib/people/change-profile.ts'
import { readBody } from '#lib/read-body.ts'
import { consoleApi } from '#lib/route.ts'

/** What whoever is signed in wants to be called. */
export const { GET, POST, PUT, PATCH, DELETE } = consoleApi({
  POST: {
    async person({ services, request, caller }) {
      await changeProfile(services, caller, await readBody(request))
      return Response.json({})
    },
  },
})
