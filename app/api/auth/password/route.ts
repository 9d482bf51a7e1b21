import { changePassword } from '#lib/people/change-profile.ts'
import { readBody } from '#lib/read-body.ts'
import { consoleApi } from '#lib/route.ts'

/** Another password for whoever is signed in. */
export const { GET, POST, PUT, PATCH, DELETE } = consoleApi({
  POST: {
    async person({ services, request, caller }) {
      await changePassword(services, caller, await readBody(request))
      return Response.json({})
    },
  },
})
