import { pageApi } from '#lib/route.ts'
import { openDownload } from '#lib/samples/open-download.ts'
import { sendDownload } from '#lib/samples/send-download.ts'

/** The bytes of a deliverable, whole or by range, for the holder of its signed URL. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = pageApi({
  async GET({ services, request, params, requestId, address }) {
    const deliverable = await openDownload(services, params.fileId!, { request, requestId, address })
    return sendDownload(services, deliverable, request)
  },
})
