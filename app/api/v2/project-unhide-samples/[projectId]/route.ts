import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { hideSamples } from '#lib/samples/hide-samples.ts'

/** Show hidden samples of a project in lists again. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'project_write',
    async run({ services, caller, params, request }) {
      const fields = await readBody(request)
      await hideSamples(services, caller, { projectId: params.projectId!, fields, hidden: false })
      return new Response(null, { status: 204 })
    },
  },
})
