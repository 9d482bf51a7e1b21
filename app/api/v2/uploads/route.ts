import { listUploads } from '#lib/fastq/list-uploads.ts'
import { UploadFilter } from '#lib/fastq/upload-filter.ts'
import { partnerApi } from '#lib/route.ts'
import { presentListed, readPlacedQuery } from '#lib/wire/list-page.ts'

/** The FASTQ files that were given by URL, one by one. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, request }) {
      const { page, filter } = readPlacedQuery(request, UploadFilter)
      const listed = await listUploads(services, caller, filter, page)
      return Response.json(presentListed(request, services.env.publicUrl, page, listed))
    },
  },
})
