import { Problem } from '#lib/problem.ts'
import { presentPipeline } from '#lib/projects/pipeline.ts'
import { presentCapability } from '#lib/projects/wire.ts'
import { partnerApi } from '#lib/route.ts'

/** The pipeline with its capabilities, the only argument of `POST projects/` that has to be looked up. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, params }) {
      const pipeline = presentPipeline()
      if (params.pipelineId!.toLowerCase() !== pipeline.id) throw new Problem('not_found', 'Not found.')
      return Response.json({ ...pipeline, capabilities: services.capabilities.map(presentCapability) })
    },
  },
})
