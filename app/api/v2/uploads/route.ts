import { listUploads } from '#lib/fastq/list-uploads.ts'
import { UploadFilter } from '#lib/fastq/upload-filter.ts'
import { partnerApi } from '#lib/route.ts'
import { readPlacedQuery } from '#lib/wire/list-page.ts'
import { presentPage } from '#lib/wire/page-query.ts'

/** The FASTQ files that were given by URL, one by one. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    async run({ services, caller, request }) {
      const { page, filter } = readPlacedQuery(request, UploadFilter)
      const { rows, next, ...found } = await listUploads(services, caller, filter, page)
      const listed = { ...found, results: rows, after: next }
      return Response.json(presentPage(request, services.env.publicUrl, page, listed))
    },
  },
})
