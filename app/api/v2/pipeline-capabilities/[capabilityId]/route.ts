import { Problem } from '#lib/problem.ts'
import { presentCapability } from '#lib/projects/wire.ts'
import { partnerApi } from '#lib/route.ts'

/** One pipeline capability. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, params }) {
      const found = services.capabilities.find(({ id }) => id === params.capabilityId!.toLowerCase())
      if (!found) throw new Problem('not_found', 'Not found.')
      return Response.json(presentCapability(found))
    },
  },
})
