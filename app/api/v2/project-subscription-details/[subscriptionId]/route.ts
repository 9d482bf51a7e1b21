import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { changeSubscription, deleteSubscription } from '#lib/webhooks/change-subscription.ts'
import { findSubscription } from '#lib/webhooks/find-subscription.ts'
import { presentSubscription } from '#lib/webhooks/wire.ts'

/** One webhook: shown, changed (ours), deleted. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, params }) {
      return Response.json(
        presentSubscription(await findSubscription(services, caller, params.subscriptionId!)),
      )
    },
  },
  PATCH: {
    right: 'project_write',
    async run({ services, caller, params, request }) {
      const fields = await readBody(request)
      return Response.json(
        presentSubscription(await changeSubscription(services, caller, params.subscriptionId!, fields)),
      )
    },
  },
  DELETE: {
    right: 'project_write',
    async run({ services, caller, params }) {
      await deleteSubscription(services, caller, params.subscriptionId!)
      return new Response(null, { status: 204 })
    },
  },
})
