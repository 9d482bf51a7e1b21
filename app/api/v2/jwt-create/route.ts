import { issueTokens } from '#lib/people/issue-tokens.ts'
import { readBody } from '#lib/read-body.ts'
import { signInApi } from '#lib/route.ts'

/** Email address and password for an access and a refresh token. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = signInApi({
  async POST({ services, request, address, requestId }) {
    return Response.json(await issueTokens(services, await readBody(request), { address, requestId }))
  },
})
