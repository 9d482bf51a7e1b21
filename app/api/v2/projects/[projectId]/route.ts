import { changeProject } from '#lib/projects/change-project.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import { presentProjects } from '#lib/projects/present-project.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { countSamples } from '#lib/samples/list-samples.ts'

/** One project; its name, description and settings can be changed. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, params }) {
      const project = await findVisibleProject(services, caller, params.projectId!)
      const counts = await countSamples(services, [project])
      const [item] = await presentProjects(services, caller, [project], counts)
      return Response.json({ ...item, files: [] })
    },
  },
  PATCH: {
    right: 'project_write',
    async run({ services, caller, params, request }) {
      const project = await changeProject(services, caller, params.projectId!, await readBody(request))
      const counts = await countSamples(services, [project])
      const [item] = await presentProjects(services, caller, [project], counts)
      return Response.json(item)
    },
  },
})
