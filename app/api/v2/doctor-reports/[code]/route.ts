import { findReport } from '#lib/doctor/keep-report.ts'
import { presentReport } from '#lib/doctor/wire.ts'
import { partnerApi } from '#lib/route.ts'

/** What a visit of `/doctor` found, by its code. Ours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: null,
    run: async ({ services, params }) =>
      Response.json(presentReport(await findReport(services, params.code!))),
  },
})
