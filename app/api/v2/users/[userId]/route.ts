import { changePerson } from '#lib/people/change-person.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'

/** One person: name and roles, disabled or let in again, a lost second factor taken off. */
export const { GET, POST, PUT, PATCH, DELETE } = partnerApi({
  PATCH: {
    right: 'user_manage',
    async run({ services, caller, params, request }) {
      return Response.json(await changePerson(services, caller, params.userId!, await readBody(request)))
    },
  },
})
