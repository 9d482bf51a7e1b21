import { withdrawInvitation } from '#lib/people/invite-user.ts'
import { partnerApi } from '#lib/route.ts'

/** Withdraw an invitation. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  DELETE: {
    right: 'user_manage',
    async run({ services, caller, params }) {
      await withdrawInvitation(services, caller, params.invitationId!)
      return new Response(null, { status: 204 })
    },
  },
})
