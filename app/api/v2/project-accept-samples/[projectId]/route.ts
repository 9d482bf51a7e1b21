import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { acceptSamples } from '#lib/samples/accept-samples.ts'

/** Accept samples of a project in spite of their quality checks, with a reason. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'project_write',
    async run({ services, caller, params, request }) {
      const fields = await readBody(request)
      const ids = await acceptSamples(services, caller, { projectId: params.projectId!, fields })
      return Response.json({ sample_ids: ids })
    },
  },
})
