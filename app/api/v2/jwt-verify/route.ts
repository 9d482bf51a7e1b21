import { verifyToken } from '#lib/people/issue-tokens.ts'
import { readBody } from '#lib/read-body.ts'
import { signInApi } from '#lib/route.ts'

/** Whether a token still counts. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = signInApi({
  async POST({ services, request }) {
    await verifyToken(services, await readBody(request))
    return Response.json({})
  },
})
