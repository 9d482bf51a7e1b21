import { refreshAccessToken } from '#lib/people/issue-tokens.ts'
import { readBody } from '#lib/read-body.ts'
import { signInApi } from '#lib/route.ts'

/** A refresh token for a new access token. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = signInApi({
  async POST({ services, request }) {
    return Response.json(await refreshAccessToken(services, await readBody(request)))
  },
})
