import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { readMetadataText } from '#lib/samples/find-sample.ts'
import { setMetadata } from '#lib/samples/set-metadata.ts'

/** The text as it is: parsed and written again, its numbers would lose digits. */
const answerWith = (metadata: string, status = 200): Response =>
  new Response(`{"metadata":${metadata}}`, { status, headers: { 'Content-Type': 'application/json' } })

/** The partner's own JSON beside a sample: read, or replaced as a whole. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, params }) {
      return answerWith(await readMetadataText(services, caller, params.sampleId!))
    },
  },
  POST: {
    right: 'run_analysis',
    async run({ services, caller, params, request }) {
      return answerWith(await setMetadata(services, caller, params.sampleId!, await readBody(request)), 201)
    },
  },
})
