import { deleteUploads } from '#lib/fastq/delete-uploads.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'

/** Delete FASTQ files that no sample was made of. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'upload_create',
    run: async ({ services, caller, request }) =>
      Response.json({ upload_ids: await deleteUploads(services, caller, await readBody(request)) }),
  },
})
