import type { ServerResponse } from 'node:http'
import { Server } from '@tus/server'
import { FILE_BYTES_MAX } from '#lib/genotype/limits.ts'
import { isProblem, Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { refuseUnlessOpen } from '../demand-open.ts'
import { admitPage } from '../find-session.ts'
import type { Session } from '../session.ts'
import { PROTO, type UploadProblem } from '../wire.ts'
import { beginUpload } from './begin-upload.ts'
import { receiveUpload } from './receive-upload.ts'
import { methodsOfUpload, sampleOfUploadId, UPLOAD_PATH, uploadIdFor } from './upload.ts'
import { updateDiscarded } from './uploads-table.ts'

/** Time the holder of a lock gets to finish what it has read once another request asks for the part. */
const LOCK_DRAIN_MS = 250
const RETRY_AFTER_SECONDS = 5

/**
 * tus 1.0 for the page: creation, HEAD, PATCH and termination, each with the link token as bearer, for its own sample
 * only. Bytes beyond the announced size or 25 MiB are refused while they arrive. The last byte is judged by the
 * server's clock before it is acknowledged.
 */
export function createTusServer(services: Services): Server {
  // tus hands the same Request to all its hooks: the session found by the first serves the others.
  const sessions = new WeakMap<Request, Session>()

  async function admit(request: Request): Promise<Session> {
    const known = sessions.get(request)
    if (known) return known
    const authorization = request.headers.get('authorization')
    const session = await admitPage(services, { authorization, method: request.method })
    sessions.set(request, session)
    return session
  }

  return new UploadServer({
    path: UPLOAD_PATH,
    datastore: services.parts.tus,
    locker: services.parts.locker,
    lockDrainTimeout: LOCK_DRAIN_MS,
    maxSize: FILE_BYTES_MAX,
    relativeLocation: true,
    allowedOrigins: [],
    namingFunction: async (request) => uploadIdFor((await admit(request)).sampleId),

    async onIncomingRequest(request, id) {
      const session = await admit(request)
      // tus would serve the bytes of a finished upload to any holder of the link.
      if (request.method === 'GET') {
        throw new Problem('method_not_allowed', 'An upload cannot be fetched.', {
          reason: 'internal_error',
          allow: methodsOfUpload(`${UPLOAD_PATH}/${id}`),
        })
      }
      if (sampleOfUploadId(id) !== session.sampleId) {
        throw new Problem('not_found', 'There is no such upload.', { reason: 'internal_error' })
      }
      refuseUnlessOpen(session)
      if (request.method === 'DELETE') await giveUp(services, id)
    },

    async onUploadCreate(_request, { id, size, metadata }) {
      const sampleId = sampleOfUploadId(id)!
      await beginUpload(services, { id, sampleId, size, sha256: metadata?.sha256 })
      // Nothing else that was sent along is kept: a file name holds a person's name.
      return { metadata: { sha256: metadata!.sha256! } }
    },

    async onUploadFinish(_request, { id }) {
      await receiveUpload(services, id)
      return {}
    },

    async onResponseError(request, error) {
      return explain(services, request, error)
    },
  })
}

/** Refusals of tus as JSON, which they are here, and every 503 with the time after which to try again. */
class UploadServer extends Server {
  override async write(...[context, headers, status, body]: Parameters<Server['write']>) {
    if (status >= 400 && body?.startsWith('{')) headers.set('Content-Type', 'application/json')
    if (status === 503) headers.set('Retry-After', String(RETRY_AFTER_SECONDS))
    return super.write(context, headers, status, body)
  }
}

/**
 * The row of an upload that is about to be terminated; tus removes the bytes and answers 204. One whose check has
 * begun is not given up any more (404). What a crash in between leaves, the sweeper finds.
 */
async function giveUp({ db }: Services, id: string): Promise<void> {
  const discarded = await updateDiscarded(db, { ids: [id], from: ['receiving'] })
  if (discarded.length === 0) {
    throw new Problem('not_found', 'There is no such upload.', { reason: 'internal_error' })
  }
}

/** Every refusal as `UploadProblem`; what is no refusal of ours or of tus is logged, and named by its request id only. */
function explain(
  services: Services,
  request: Request,
  error: unknown,
): { status_code: number; body: string } {
  const request_id = request.headers.get('request-id') ?? ''
  const write = (status_code: number, reason: UploadProblem['reason'], detail: string) => ({
    status_code,
    body: JSON.stringify({ proto: PROTO, reason, detail, request_id } satisfies UploadProblem),
  })
  if (isProblem(error)) {
    if (error.retryAfterSeconds !== undefined)
      setHeader(request, 'Retry-After', String(error.retryAfterSeconds))
    if (error.allow !== undefined) setHeader(request, 'Allow', error.allow)
    return write(error.status, error.reason ?? 'internal_error', error.message)
  }
  const { status_code, body } = error as { status_code?: number; body?: string }
  if (status_code === 413)
    return write(413, 'file_too_large', 'The file is larger than 25 MB, or than it was announced.')
  // tus-server's own ceiling for waiting on a lock, and a disk that refused: worth another try.
  if (status_code === 500) return write(503, 'service_unavailable', body?.trim() ?? '')
  if (status_code) return write(status_code, 'network_error', body?.trim() ?? '')
  services.log.error({ err: error, request_id }, 'upload request failed')
  return write(503, 'service_unavailable', 'Something went wrong on our side; please try again.')
}

/** tus takes status and body of a refusal, but no header: that is put on Node's own response, which it wraps. */
function setHeader(
  request: Request & { runtime?: { node?: { res?: ServerResponse } } },
  name: string,
  value: string,
): void {
  request.runtime?.node?.res?.setHeader(name, value)
}
