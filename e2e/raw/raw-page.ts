import type { OutgoingHttpHeaders } from 'node:http'
import type { Partner } from '../service/partner.ts'
import type { Service } from '../service/start-service.ts'
import type { RawExport } from './raw-export.ts'
import { type OpenRequest, openRequest, type RawAnswer, sendRequest } from './send-request.ts'

const FILES = '/api/upload/files'

/** The part of the replies of `open`, `state` and `leave` that tests read. */
export interface View {
  state: string
  reason: string | null
  seconds_remaining: number | null
  upload: { path: string; sha256: string; size: number; offset: number } | null
  last_rejection: { reason: string; detail: string | null } | null
  redirect_to: string | null
}

/** A page made of raw HTTP requests: every step by hand, so that it can be done wrong. */
export interface RawPage {
  sampleId: string
  token: string
  open(): Promise<RawAnswer>
  state(): Promise<View>
  leave(reason?: string): Promise<RawAnswer>
  /** Announce a file; `Location` names the upload. */
  create(file: { size: number; sha256: string }, headers?: OutgoingHttpHeaders): Promise<RawAnswer>
  head(path: string): Promise<RawAnswer>
  patch(path: string, offset: number, bytes: Uint8Array): Promise<RawAnswer>
  /** A PATCH whose bytes are sent by hand; `length` undefined sends it chunked. */
  openPatch(path: string, offset: number, length: number | undefined): OpenRequest
  /** Any request with the link's token; a header that is undefined is left out. */
  send(
    method: string,
    path: string,
    options?: { headers?: OutgoingHttpHeaders; body?: Uint8Array | string },
  ): Promise<RawAnswer>
}

export function rawPage(
  { address }: Pick<Service, 'address'>,
  link: { sample_id: string; url: string },
): RawPage {
  const token = new URL(link.url).searchParams.get('token')!
  const authorized = { Authorization: `Bearer ${token}`, 'Tus-Resumable': '1.0.0' }
  const patchHeaders = (offset: number) => ({
    ...authorized,
    'Content-Type': 'application/offset+octet-stream',
    'Upload-Offset': String(offset),
  })
  const send: RawPage['send'] = (method, path, { headers = {}, body } = {}) => {
    const all = Object.entries({ ...authorized, ...headers }).filter(([, value]) => value !== undefined)
    return sendRequest(address, {
      method,
      path,
      headers: Object.fromEntries(all),
      ...(body === undefined ? {} : { body }),
    })
  }
  return {
    sampleId: link.sample_id,
    token,
    send,
    open: () => send('POST', '/api/upload/open'),
    state: async () => (await send('GET', '/api/upload/state')).json<View>(),
    leave: (reason = 'user_canceled') =>
      send('POST', '/api/upload/leave', {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ reason }),
      }),
    create: ({ size, sha256 }, headers = {}) =>
      send('POST', FILES, {
        headers: {
          'Upload-Length': String(size),
          'Upload-Metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
          ...headers,
        },
      }),
    head: (path) => send('HEAD', path),
    patch: (path, offset, bytes) => send('PATCH', path, { headers: patchHeaders(offset), body: bytes }),
    openPatch: (path, offset, length) =>
      openRequest(address, {
        method: 'PATCH',
        path,
        headers: { ...patchHeaders(offset), ...(length === undefined ? {} : { 'Content-Length': length }) },
      }),
  }
}

/** A freshly minted link, opened. */
export async function openedPage(
  service: Service,
  partner: Partner,
  fields: Record<string, unknown> = {},
): Promise<RawPage> {
  const page = rawPage(service, await partner.mint(fields))
  demand(await page.open(), 200)
  return page
}

/** Announce a file; the path of its upload. */
export async function beginUpload(page: RawPage, file: Pick<RawExport, 'bytes' | 'sha256'>): Promise<string> {
  const created = demand(await page.create({ size: file.bytes.length, sha256: file.sha256 }), 201)
  return created.headers.location!
}

/** Announce a file and send it whole; the path of its upload. */
export async function sendFile(page: RawPage, file: Pick<RawExport, 'bytes' | 'sha256'>): Promise<string> {
  const path = await beginUpload(page, file)
  demand(await page.patch(path, 0, file.bytes), 204)
  return path
}

/** Announce a file and send all of it but its last byte. */
export async function sendAllButLast(
  page: RawPage,
  file: Pick<RawExport, 'bytes' | 'sha256'>,
): Promise<string> {
  const path = await beginUpload(page, file)
  demand(await page.patch(path, 0, file.bytes.subarray(0, -1)), 204)
  return path
}

function demand(answer: RawAnswer, status: number): RawAnswer {
  if (answer.status !== status) throw new Error(`Answered ${answer.status}, not ${status}: ${answer.body}`)
  return answer
}

/**
 * Whether the whole file is acknowledged. A PATCH that is asked to let go answers 204 as well, with the offset it
 * reached.
 */
export function isWhole(answer: RawAnswer | undefined, { bytes }: Pick<RawExport, 'bytes'>): boolean {
  return answer?.status === 204 && answer.headers['upload-offset'] === String(bytes.length)
}
