import { pageApi } from '#lib/route.ts'
import { admitPage } from '#lib/sessions/find-session.ts'
import { viewSession } from '#lib/sessions/view-session.ts'

/** How a session stands. Changes nothing. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = pageApi({
  async GET({ services, request }) {
    const session = await admitPage(services, {
      authorization: request.headers.get('authorization'),
      method: 'GET',
    })
    return Response.json(await viewSession(services, session))
  },
})
