import { signInToConsole } from '#lib/people/sign-in-to-console.ts'
import { readBody } from '#lib/read-body.ts'
import { consoleApi, withCookies } from '#lib/route.ts'

/** Email address and password for a session of the console, or for its second step. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = consoleApi({
  POST: {
    async anybody({ services, request, requestId }) {
      const asked = { fields: await readBody(request), headers: request.headers, requestId }
      const { cookies, secondFactor } = await signInToConsole(services, asked)
      return withCookies(Response.json({ second_factor: secondFactor }), cookies)
    },
  },
})
