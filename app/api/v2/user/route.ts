import { showUser } from '#lib/people/show-user.ts'
import { partnerApi } from '#lib/route.ts'

/** Who the caller is. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: null,
    run: async ({ services, caller }) => Response.json(await showUser(services, caller)),
  },
})
