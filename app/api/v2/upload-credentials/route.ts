import { NO_CREDENTIALS } from '#lib/fastq/wire.ts'
import { partnerApi } from '#lib/route.ts'

/** What Gencove's CLI requests first. It needs it for local files only, which are not accepted. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  POST: {
    right: 'upload_create',
    run: async () => Response.json(NO_CREDENTIALS, { status: 201 }),
  },
})
