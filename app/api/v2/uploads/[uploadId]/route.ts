import { showUpload } from '#lib/fastq/list-uploads.ts'
import { partnerApi } from '#lib/route.ts'

/** One FASTQ file that was given by URL. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    run: async ({ services, caller, params }) =>
      Response.json(await showUpload(services, caller, params.uploadId!)),
  },
})
