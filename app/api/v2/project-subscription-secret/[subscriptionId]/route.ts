import { partnerApi } from '#lib/route.ts'
import { rotateSecret } from '#lib/webhooks/rotate-secret.ts'

/** Make a new signing secret; it is shown this once. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'project_write',
    idempotency: 'never',
    async run({ services, caller, params }) {
      return Response.json({
        secret: await rotateSecret(services, caller, params.subscriptionId!),
      })
    },
  },
})
