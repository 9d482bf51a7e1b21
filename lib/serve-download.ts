import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendResponse } from '#lib/platform/http/send-response.ts'
import { type Context, signInApi } from '#lib/route.ts'
import { openDownload } from '#lib/samples/open-download.ts'
import { sendDownload } from '#lib/samples/send-download.ts'

const PATH = /^\/api\/files\/([^/]+)\/([^/]+)\/?$/

const handlers = signInApi({ GET: download })

/** Whether a path is the download of a deliverable by its signed URL. */
export const isDownload = (pathname: string): boolean => PATH.test(pathname)

/**
 * The bytes of a deliverable, whole or by range, for the holder of its signed URL. Outside Next, so that the length
 * and every other header arrive as they were set. Refusals are those of the partner API.
 */
export async function serveDownload(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<void> {
  const [, fileId = '', name = ''] = PATH.exec(pathname)!
  const { search } = new URL(request.url ?? '', 'http://localhost')
  const { method = 'GET', headers } = request
  const single = Object.entries(headers).filter((one): one is [string, string] => typeof one[1] === 'string')
  const asked = new Request(new URL(pathname + search, 'http://localhost'), { method, headers: single })
  const answer =
    method === 'HEAD' ? handlers.GET : (handlers[method as keyof typeof handlers] ?? handlers.PUT)
  await sendResponse(await answer(asked, { params: Promise.resolve({ fileId, name }) }), response)
}

async function download({ services, request, params, requestId, address }: Context): Promise<Response> {
  const deliverable = await openDownload(services, params.fileId!, { request, requestId, address })
  return sendDownload(services, deliverable, request)
}
