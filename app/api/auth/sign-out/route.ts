import { signOutOfConsole } from '#lib/people/sign-in-to-console.ts'
import { consoleApi, withCookies } from '#lib/route.ts'

/** End the caller's session. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = consoleApi({
  POST: {
    async person({ services, request, caller }) {
      return withCookies(Response.json({}), await signOutOfConsole(services, caller, request.headers))
    },
  },
})
