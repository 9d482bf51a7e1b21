import { refreshAccess } from '#lib/people/refresh-access.ts'
import { readBody } from '#lib/read-body.ts'
import { signInApi } from '#lib/route.ts'

/** A refresh token for a new access token. */
export const { GET, POST, PUT, PATCH, DELETE } = signInApi({
  async POST({ services, request }) {
    return Response.json(await refreshAccess(services, await readBody(request)))
  },
})
