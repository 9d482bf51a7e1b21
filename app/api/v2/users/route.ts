import { listPeople } from '#lib/people/show-user.ts'
import { PeopleFilter } from '#lib/people/wire.ts'
import { partnerApi } from '#lib/route.ts'
import { readPlacedQuery } from '#lib/wire/list-page.ts'
import { presentPage } from '#lib/wire/page-query.ts'

/** All people, disabled ones included. Ours, like the paths beside it. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'user_manage',
    async run({ services, caller, request }) {
      const { page, filter } = readPlacedQuery(request, PeopleFilter)
      const { rows, next, ...found } = await listPeople(services, caller, filter, page)
      const listed = { ...found, results: rows, after: next }
      return Response.json(presentPage(request, services.env.publicUrl, page, listed))
    },
  },
})
