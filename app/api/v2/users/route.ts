import { listPeople } from '#lib/people/show-user.ts'
import { PeopleFilter } from '#lib/people/wire.ts'
import { partnerApi } from '#lib/route.ts'
import { presentListed, readPlacedQuery } from '#lib/wire/list-page.ts'

/** All people, disabled ones included. Ours, like the paths beside it. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'user_manage',
    query: true,
    async run({ services, caller, request }) {
      const { page, filter } = readPlacedQuery(request, PeopleFilter)
      const listed = await listPeople(services, caller, filter, page)
      return Response.json(presentListed(request, services.env.publicUrl, page, listed))
    },
  },
})
