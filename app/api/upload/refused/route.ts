import { parseFields } from '#lib/problem.ts'
import { readBody } from '#lib/read-body.ts'
import { pageApi } from '#lib/route.ts'
import { admitPage } from '#lib/sessions/find-session.ts'
import { noteRefusal } from '#lib/sessions/note-refusal.ts'
import { viewSession } from '#lib/sessions/view-session.ts'
import { RefusalRequest } from '#lib/sessions/wire.ts'

/** The page reports why it refused a file on the device: a reason and a detail, nothing of the file. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = pageApi({
  async POST({ services, request }) {
    const session = await admitPage(services, {
      authorization: request.headers.get('authorization'),
      method: 'POST',
    })
    const { reason, detail } = parseFields(RefusalRequest, await readBody(request))
    await noteRefusal(services, session, { reason, detail })
    return Response.json(await viewSession(services, session))
  },
})
