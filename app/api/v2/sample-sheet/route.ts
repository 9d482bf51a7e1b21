import { listSampleSheet } from '#lib/fastq/list-sample-sheet.ts'
import { SheetFilter } from '#lib/fastq/upload-filter.ts'
import { partnerApi } from '#lib/route.ts'
import { presentPage, readListQuery } from '#lib/wire/page-query.ts'

/** The FASTQ files that were given by URL, those of one sample together. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, request }) {
      const { page, filter } = readListQuery(request, SheetFilter)
      const list = await listSampleSheet(services, caller, filter, page)
      return Response.json(presentPage(request, services.env.publicUrl, page, list))
    },
  },
})
