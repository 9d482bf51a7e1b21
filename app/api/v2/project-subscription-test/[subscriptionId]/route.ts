import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { sendTestEvent } from '#lib/webhooks/emit-event.ts'

/** Deliver a test event; its notification shows the outcome. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'project_write',
    async run({ services, caller, params, request }) {
      const fields = await readBody(request)
      const notification = await sendTestEvent(services, caller, params.subscriptionId!, fields)
      return Response.json({ notification }, { status: 202 })
    },
  },
})
