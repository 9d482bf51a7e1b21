import { assignUploads } from '#lib/fastq/assign-uploads.ts'
import { ASSIGN_BYTES_MAX } from '#lib/fastq/wire.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'
import { listSamples } from '#lib/samples/list-samples.ts'
import { SampleFilter } from '#lib/samples/sample-filter.ts'
import { presentSampleListItem } from '#lib/samples/wire.ts'
import { readPlacedQuery } from '#lib/wire/list-page.ts'
import { presentPage } from '#lib/wire/page-query.ts'

/** The samples of a project: searched, filtered, sorted, by the page; and new ones, of FASTQ files. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const { page, filter } = readPlacedQuery(request, SampleFilter)
      const listed = await listSamples(services, caller, params.projectId!, filter, page)
      const { count, estimated, rows, next } = listed
      const found = { count, results: rows.map(presentSampleListItem), after: next }
      const { meta, results } = presentPage(request, services.env.publicUrl, page, found)
      return Response.json({ meta: estimated ? { ...meta, count_is_estimate: true } : meta, results })
    },
  },
  POST: {
    right: 'run_analysis',
    // Samples and answer are one transaction, and of the answer the ids alone are kept.
    idempotency: 'itself',
    async run({ services, caller, params, request }) {
      const fields = await readBody(request, ASSIGN_BYTES_MAX)
      const key = request.headers.get('idempotency-key')
      const answer = await assignUploads(services, caller, { projectId: params.projectId!, fields, key })
      return Response.json(answer, { status: 201 })
    },
  },
})
