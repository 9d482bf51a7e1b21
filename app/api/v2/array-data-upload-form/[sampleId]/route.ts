import { Problem } from '#lib/problem.ts'
import { partnerApi } from '#lib/route.ts'
import { findSample } from '#lib/samples/find-sample.ts'
import { presentSessionDetails, showSession } from '#lib/sessions/show-session.ts'

/** State and timeline of an upload session. Ours: Gencove has no such path. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, params }) {
      const sample = await findSample(services, caller, params.sampleId!)
      const shown = await showSession(services, sample.id)
      if (!shown) throw new Problem('not_found', 'Not found.')
      return Response.json(presentSessionDetails(shown))
    },
  },
})
