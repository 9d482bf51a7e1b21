import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { createSubscription } from '#lib/webhooks/change-subscription.ts'
import { listSubscriptions } from '#lib/webhooks/find-subscription.ts'
import { presentCreated, presentSubscription } from '#lib/webhooks/wire.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** The webhooks of a project. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const { page } = readListQuery(request)
      const { count, rows } = await listSubscriptions(services, caller, params.projectId!, page)
      const results = rows.map(presentSubscription)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count, results }))
    },
  },
  POST: {
    right: 'project_write',
    async run({ services, caller, params, request }) {
      const made = await createSubscription(services, caller, params.projectId!, await readBody(request))
      return Response.json(presentCreated(made), { status: 201 })
    },
  },
})
