import { exportQuality } from '#lib/insights/export-quality.ts'
import { QualityReportQuery } from '#lib/insights/quality-report.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import { partnerApi } from '#lib/route.ts'
import { readQuery } from '#lib/wire/read-query.ts'

/** What was measured of every sample of a project, as CSV. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const { columns } = readQuery(request, QualityReportQuery)
      const project = await findVisibleProject(services, caller, params.projectId!)
      return new Response(exportQuality(services, project, columns), {
        headers: {
          // Without a charset: Gencove's command line takes anything else for JSON.
          'Content-Type': 'text/csv',
          'Content-Disposition': 'attachment; filename="project-qc-report.csv"',
        },
      })
    },
  },
})
