import { listSampleSheet } from '#lib/fastq/list-sample-sheet.ts'
import { SheetFilter } from '#lib/fastq/upload-filter.ts'
import { partnerApi } from '#lib/route.ts'
import { presentListed, readPlacedQuery } from '#lib/wire/list-page.ts'

/** The FASTQ files that were given by URL, those of one sample together. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, request }) {
      const { page, filter } = readPlacedQuery(request, SheetFilter)
      const listed = await listSampleSheet(services, caller, filter, page)
      return Response.json(presentListed(request, services.env.publicUrl, page, listed))
    },
  },
})
