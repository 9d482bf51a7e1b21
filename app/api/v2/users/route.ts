import { listPeople } from '#lib/people/show-user.ts'
import { partnerApi } from '#lib/route.ts'
import { pageQuery, presentPage } from '#lib/wire/page-query.ts'

/** All people, disabled ones included. Ours, like the paths beside it. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'user_manage',
    async run({ services, caller, request }) {
      const page = pageQuery(request)
      const query = Object.fromEntries(new URL(request.url).searchParams)
      const people = await listPeople(services, caller, query, page)
      return Response.json(presentPage(request, services.env.publicUrl, page, people))
    },
  },
})
