import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { readMetadataText } from '#lib/samples/find-sample.ts'
import { setMetadata } from '#lib/samples/set-metadata.ts'

/** The partner's own JSON beside a sample: read, or replaced as a whole. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, params }) {
      const metadata = await readMetadataText(services, caller, params.sampleId!)
      return new Response(`{"metadata":${metadata}}`, { headers: { 'Content-Type': 'application/json' } })
    },
  },
  POST: {
    right: 'run_analysis',
    async run({ services, caller, params, request }) {
      const metadata = await setMetadata(services, caller, params.sampleId!, await readBody(request))
      return Response.json({ metadata }, { status: 201 })
    },
  },
})
