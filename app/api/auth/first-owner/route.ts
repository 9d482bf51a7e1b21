import { signInToConsole } from '#lib/people/sign-in-to-console.ts'
import { becomeFirstOwner } from '#lib/people/use-sign-in-link.ts'
import { readBody } from '#lib/read-body.ts'
import { consoleApi, withCookies } from '#lib/route.ts'

/** Become the first owner, by the link that `npm start` printed, and sign in. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = consoleApi({
  POST: {
    async anybody({ services, request, requestId, address }) {
      const fields = await readBody(request)
      const email = await becomeFirstOwner(services, { fields, requestId, address })
      const asked = { fields: { email, password: fields.password }, headers: request.headers, requestId }
      const { cookies, secondFactor } = await signInToConsole(services, asked)
      return withCookies(Response.json({ second_factor: secondFactor }), cookies)
    },
  },
})
