import { parseFields } from '#lib/problem.ts'
import { readBody } from '#lib/read-body.ts'
import { pageApi } from '#lib/route.ts'
import { admitPage } from '#lib/sessions/find-session.ts'
import { leaveSession } from '#lib/sessions/leave-session.ts'
import { viewSession } from '#lib/sessions/view-session.ts'
import { LeaveRequest } from '#lib/sessions/wire.ts'

/** The person leaves the page; the answer says where to. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = pageApi({
  async POST({ services, request }) {
    const session = await admitPage(services, {
      authorization: request.headers.get('authorization'),
      method: 'POST',
    })
    const { reason } = parseFields(LeaveRequest, await readBody(request))
    await leaveSession(services, session, reason)
    return Response.json(await viewSession(services, session, { leaving: reason }))
  },
})
