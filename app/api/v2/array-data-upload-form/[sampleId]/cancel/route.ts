import { recordAudit } from '#lib/audit/record-audit.ts'
import { partnerApi } from '#lib/route.ts'
import { findSample } from '#lib/samples/find-sample.ts'
import { cancelSession } from '#lib/sessions/cancel-session.ts'

/** End an upload session: its link stops working at once. Ours: Gencove has no such path. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'upload_create',
    async run({ services, caller, params }) {
      const sample = await findSample(services, caller, params.sampleId!)
      await cancelSession(services, sample.id)
      await recordAudit(services.db, {
        by: caller,
        action: 'session.cancel',
        projectId: sample.project_id,
        targets: [sample.id],
      })
      return Response.json({ sample_id: sample.id, state: 'canceled' })
    },
  },
})
