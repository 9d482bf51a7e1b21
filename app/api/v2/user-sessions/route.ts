import { endUserSessions, listUserSessions } from '#lib/people/end-user-sessions.ts'
import { partnerApi } from '#lib/route.ts'
import { pageQuery, presentPage } from '#lib/wire/page-query.ts'

/** Where a person is signed in to the console; signing out everywhere but here. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: null,
    async run({ services, caller, request }) {
      const page = pageQuery(request)
      const query = Object.fromEntries(new URL(request.url).searchParams)
      const all = await listUserSessions(services, caller, query)
      const results = all.slice(page.offset, page.offset + page.limit)
      return Response.json(presentPage(request, services.env.publicUrl, page, { count: all.length, results }))
    },
  },
  DELETE: {
    right: null,
    async run({ services, caller, request }) {
      const query = Object.fromEntries(new URL(request.url).searchParams)
      return Response.json({ ended: await endUserSessions(services, caller, query) })
    },
  },
})
