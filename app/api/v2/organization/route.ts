import { presentOrganization } from '#lib/projects/present-organization.ts'
import { partnerApi } from '#lib/route.ts'

/** This installation, as the organisation that owns its projects. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: null,
    run: async ({ services, caller }) => Response.json(await presentOrganization(services, caller)),
  },
})
