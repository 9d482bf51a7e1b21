import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { deleteSamples } from '#lib/samples/delete-samples.ts'

/** Delete samples of a project for good, with everything that is known of them. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  DELETE: {
    right: 'project_write',
    async run({ services, caller, params, request }) {
      const fields = await readBody(request)
      await deleteSamples(services, caller, { projectId: params.projectId!, fields })
      return new Response(null, { status: 204 })
    },
  },
})
