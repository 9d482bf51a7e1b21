import { signInToConsole } from '#lib/people/sign-in-to-console.ts'
import { resetPassword } from '#lib/people/use-sign-in-link.ts'
import { readBody } from '#lib/read-body.ts'
import { consoleApi, withCookies } from '#lib/route.ts'

/** Choose a new password by a link, and sign in; a second factor is still asked for. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = consoleApi({
  POST: {
    async anybody({ services, request, requestId, address }) {
      const fields = await readBody(request)
      const email = await resetPassword(services, { fields, requestId, address })
      const asked = { fields: { email, password: fields.password }, headers: request.headers, requestId }
      const { cookies, secondFactor } = await signInToConsole(services, asked)
      return withCookies(Response.json({ second_factor: secondFactor }), cookies)
    },
  },
})
