import { NO_CREDENTIALS } from '#lib/fastq/wire.ts'
import { partnerApi } from '#lib/route.ts'

/** What Gencove's CLI asks for first, and needs for local files alone, which are not taken. */
export const { GET, POST, PUT, PATCH, DELETE } = partnerApi({
  POST: {
    right: 'upload_create',
    run: async () => Response.json(NO_CREDENTIALS, { status: 201 }),
  },
})
