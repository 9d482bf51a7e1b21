import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem } from '#lib/problem.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { findSample } from '#lib/samples/find-sample.ts'
import { advanceSession } from '#lib/sessions/advance-session.ts'
import { presentSessionDetails, showSession } from '#lib/sessions/show-session.ts'

/** Let time pass for an upload session of a test project. Ours: Gencove has no such path. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'upload_create',
    async run({ services, caller, params, request }) {
      const sample = await findSample(services, caller, params.sampleId!)
      await advanceSession(services, sample, await readBody(request))
      await recordAudit(services.db, {
        by: caller,
        action: 'session.advance',
        projectId: sample.project_id,
        targets: [sample.id],
      })
      const shown = await showSession(services, sample.id)
      if (!shown) throw new Problem('not_found', 'Not found.')
      return Response.json(presentSessionDetails(shown))
    },
  },
})
