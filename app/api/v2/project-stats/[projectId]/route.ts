import { partnerApi } from '#lib/route.ts'
import { countProject } from '#lib/samples/count-project.ts'
import { SampleConditions } from '#lib/samples/sample-filter.ts'
import { readQuery } from '#lib/wire/read-query.ts'

/** How many samples of a project there are, how they ended, and what their files weigh. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const filter = readQuery(request, SampleConditions)
      return Response.json(await countProject(services, caller, params.projectId!, filter))
    },
  },
})
