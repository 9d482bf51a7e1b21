import { changePerson } from '#lib/people/change-person.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'

/** One person: change name and roles, disable or enable, remove a lost second factor. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  PATCH: {
    right: 'user_manage',
    async run({ services, caller, params, request }) {
      return Response.json(await changePerson(services, caller, params.userId!, await readBody(request)))
    },
  },
})
