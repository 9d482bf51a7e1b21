import { giveSecondCode } from '#lib/people/sign-in-to-console.ts'
import { readBody } from '#lib/read-body.ts'
import { consoleApi, withCookies } from '#lib/route.ts'

/** The second step of signing in: a code. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = consoleApi({
  POST: {
    async anybody({ services, request, requestId }) {
      const asked = { fields: await readBody(request), headers: request.headers, requestId }
      const { cookies } = await giveSecondCode(services, asked)
      return withCookies(Response.json({ second_factor: false }), cookies)
    },
  },
})
