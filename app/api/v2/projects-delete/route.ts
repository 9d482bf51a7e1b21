import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { deleteProjects } from '#lib/samples/delete-projects.ts'

/** Delete projects for good, with all of their samples. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  DELETE: {
    right: 'project_write',
    async run({ services, caller, request }) {
      await deleteProjects(services, caller, await readBody(request))
      return new Response(null, { status: 204 })
    },
  },
})
