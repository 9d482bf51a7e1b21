import { partnerApi } from '#lib/route.ts'
import { findSample } from '#lib/samples/find-sample.ts'
import { grantDownloads } from '#lib/samples/grant-downloads.ts'
import { presentSample } from '#lib/samples/wire.ts'
import { summariseSession } from '#lib/sessions/show-session.ts'

/** One sample, whole. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, params }) {
      const sample = await findSample(services, caller, params.sampleId!)
      const files = await grantDownloads(services, caller, sample)
      return Response.json(
        presentSample(sample, { session: await summariseSession(services, sample.id), files }),
      )
    },
  },
})
