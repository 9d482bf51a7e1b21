import { addUpload } from '#lib/fastq/add-upload.ts'
import { presentUploadUrl } from '#lib/fastq/wire.ts'
import { readBody } from '#lib/read-body.ts'
import { partnerApi } from '#lib/route.ts'

/** Take a FASTQ file by URL. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'upload_create',
    // Its answer holds the URL, which is kept encrypted alone; its destination makes it safe to repeat.
    idempotency: 'never',
    async run({ services, caller, request }) {
      const { upload, ...more } = await addUpload(services, caller, await readBody(request))
      return Response.json(presentUploadUrl(upload, more), { status: 201 })
    },
  },
})
