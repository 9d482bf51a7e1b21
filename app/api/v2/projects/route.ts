import { createProjectFor } from '#lib/projects/create-project.ts'
import { listProjects } from '#lib/projects/find-project.ts'
import { presentProjects } from '#lib/projects/present-project.ts'
import { ProjectFilter } from '#lib/projects/wire.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { countSamples } from '#lib/samples/list-samples.ts'
import { presentListed, readPlacedQuery } from '#lib/wire/list-page.ts'

/** The projects the caller sees, by the page; a new one. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, request }) {
      const { page, filter } = readPlacedQuery(request, ProjectFilter)
      const listed = await listProjects(services, caller, filter, page)
      const counts = await countSamples(services, listed.rows)
      const rows = await presentProjects(services, caller, listed.rows, counts)
      return Response.json(presentListed(request, services.env.publicUrl, page, { ...listed, rows }))
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
