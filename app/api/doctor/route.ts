import { keepReport } from '#lib/doctor/keep-report.ts'
import { NewReport, presentReport } from '#lib/doctor/wire.ts'
import { parseFields } from '#lib/problem.ts'
import { readBody } from '#lib/read-body.ts'
import { signInApi } from '#lib/route.ts'

/** Keeps what a visit of `/doctor` found, and returns its code. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = signInApi({
  async POST({ services, request, address }) {
    const report = await keepReport(services, address, parseFields(NewReport, await readBody(request)))
    return Response.json(presentReport(report), { status: 201 })
  },
})
