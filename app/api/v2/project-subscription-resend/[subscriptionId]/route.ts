import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { resendRange } from '#lib/webhooks/resend-notifications.ts'

/** Deliver again what happened between two times. Ours: Gencove has no such path. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'project_write',
    async run({ services, caller, params, request }) {
      const queued = await resendRange(services, caller, params.subscriptionId!, await readBody(request))
      return Response.json({ queued }, { status: 202 })
    },
  },
})
