import { pageApi } from '#lib/route.ts'
import { admitPage } from '#lib/sessions/find-session.ts'
import { openSession } from '#lib/sessions/open-session.ts'
import { settleSample } from '#lib/sessions/upload/settle-uploads.ts'
import { viewSession } from '#lib/sessions/view-session.ts'

/** Open the session of a link, or resume it; also completes an upload whose last byte arrived before a crash. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = pageApi({
  async POST({ services, request }) {
    const found = await admitPage(services, {
      authorization: request.headers.get('authorization'),
      method: 'POST',
    })
    const session = await openSession(services, found)
    await settleSample(services, session.sampleId)
    const view = await viewSession(services, session, { branded: true })
    return Response.json(view, { status: view.state === 'expired' || view.state === 'canceled' ? 410 : 200 })
  },
})
