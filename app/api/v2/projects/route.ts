import { createProjectFor } from '#lib/projects/create-project.ts'
import { listProjects } from '#lib/projects/find-project.ts'
import { presentProjects } from '#lib/projects/present-project.ts'
import { ProjectFilter } from '#lib/projects/wire.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { countSamples } from '#lib/samples/list-samples.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** The projects the caller sees, by the page; a new one. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, request }) {
      const { page, filter } = readListQuery(request, ProjectFilter)
      const { count, rows } = await listProjects(services, caller, filter, page)
      const results = await presentProjects(services, caller, rows, await countSamples(services, rows))
      return Response.json(presentPage(request, services.env.publicUrl, page, { count, results }))
    },
  },
  POST: {
    right: 'project_write',
    async run({ services, caller, request }) {
      const project = await createProjectFor(services, caller, await readBody(request))
      const [item] = await presentProjects(services, caller, [project], new Map())
      return Response.json(item, { status: 201 })
    },
  },
})
