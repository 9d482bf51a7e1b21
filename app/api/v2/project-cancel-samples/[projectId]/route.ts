import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { cancelSamples } from '#lib/sessions/cancel-samples.ts'

/** Cancel samples of a project, whatever they wait for. Repeating it gives the same answer. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'run_analysis',
    async run({ services, caller, params, request }) {
      const fields = await readBody(request)
      const count = await cancelSamples(services, caller, { projectId: params.projectId!, fields })
      return Response.json({ message: `${count} sample(s) analysis canceled successfully` })
    },
  },
})
