import { runSamplesAgain } from '#lib/analysis/run-samples-again.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'

/** Analyse samples of a project again that failed. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'run_analysis',
    async run({ services, caller, params, request }) {
      const fields = await readBody(request)
      const ids = await runSamplesAgain(services, caller, { projectId: params.projectId!, fields })
      return Response.json({ sample_ids: ids })
    },
  },
})
