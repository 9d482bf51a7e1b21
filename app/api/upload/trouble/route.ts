import { parseFields } from '#lib/problem.ts'
import { readBody } from '#lib/read-body.ts'
import { pageApi } from '#lib/route.ts'
import { admitPage } from '#lib/sessions/find-session.ts'
import { noteTrouble } from '#lib/sessions/note-trouble.ts'
import { viewSession } from '#lib/sessions/view-session.ts'
import { TroubleRequest } from '#lib/sessions/wire.ts'

/** The page reports that the network keeps the file from arriving, for the partner's timeline. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = pageApi({
  async POST({ services, request }) {
    const session = await admitPage(services, {
      authorization: request.headers.get('authorization'),
      method: 'POST',
    })
    const { trouble } = parseFields(TroubleRequest, await readBody(request))
    await noteTrouble(services, session, trouble)
    return Response.json(await viewSession(services, session))
  },
})
