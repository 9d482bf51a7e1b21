import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { hideSamples } from '#lib/samples/hide-samples.ts'

/** Leave samples of a project out of lists. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'project_write',
    async run({ services, caller, params, request }) {
      const fields = await readBody(request)
      await hideSamples(services, caller, { projectId: params.projectId!, fields, hidden: true })
      return new Response(null, { status: 204 })
    },
  },
})
