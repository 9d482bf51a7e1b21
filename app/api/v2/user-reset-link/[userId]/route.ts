import { makeResetLink } from '#lib/people/make-sign-in-link.ts'
import { partnerApi } from '#lib/route.ts'

/** A link by which a person chooses a new password. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'user_manage',
    idempotency: 'never',
    async run({ services, caller, params }) {
      return Response.json(await makeResetLink(services, caller, params.userId!), { status: 201 })
    },
  },
})
