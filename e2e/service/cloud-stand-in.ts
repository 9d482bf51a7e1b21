import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export type Vendor = 's3' | 'gcs' | 'azure'

/** A fault of one GET of an object; faults apply in order, once each. */
export type CloudFault =
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  /** The connection breaks behind so many bytes. */
  | { kind: 'cut'; after: number }
  /** Nothing more comes behind so many bytes, and the connection stays; `drop` ends it. */
  | { kind: 'stall'; after: number }
  /** The range is not looked at: all of the object comes. */
  | { kind: 'whole' }
  | { kind: 'slow'; bytesPerSecond: number }

export interface CloudStandIn {
  address: string
  /** Every request, in order. */
  requests: { method: string; name: string; range: string | undefined; status: number }[]
  /** Store an object, or replace one. */
  put(name: string, bytes: Uint8Array): void
  remove(name: string): void
  /** A URL for GET, as the vendor's own tools sign it. */
  sign(vendor: Vendor, name: string, expiresInSeconds?: number): string
  /** A URL of a public object. */
  publicUrl(name: string): string
  /** A URL of another region: the bucket is not there. */
  otherRegionUrl(name: string): string
  fail(name: string, ...faults: CloudFault[]): void
  /** Let time pass for what expires. */
  advance(seconds: number): void
  /** End what stalls. */
  drop(): void
  stop(): Promise<void>
}

const KEY = 'the stand-in’s own key'

/** Refusals as the vendors word them. */
const REFUSALS = {
  s3: {
    signature: [403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match'],
    expired: [403, 'AccessDenied', 'Request has expired'],
  },
  gcs: {
    signature: [403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match'],
    expired: [400, 'ExpiredToken', 'The provided token has expired.'],
  },
  azure: {
    signature: [403, 'AuthenticationFailed', 'Signature did not match.'],
    expired: [403, 'AuthenticationFailed', 'Signature not valid in the specified time frame'],
  },
} as const

/**
 * Object storage of the three clouds on this machine: presigned URLs with their rules (S3 signs the method, so a HEAD of a
 * URL for GET is refused; the others do not), their refusals, ranges, tags, and faults on order.
 */
export async function startCloudStandIn(): Promise<CloudStandIn> {
  const objects = new Map<string, Uint8Array>()
  const faults = new Map<string, CloudFault[]>()
  const requests: CloudStandIn['requests'] = []
  const stalled = new Set<ServerResponse>()
  let ahead = 0
  const now = () => Date.now() + ahead * 1_000

  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://stand-in')
    const [, place, name = ''] = /^\/([a-z0-9-]+)\/bucket\/(.+)$/.exec(url.pathname) ?? []
    const entry = { method: request.method!, name, range: request.headers.range, status: 0 }
    requests.push(entry)
    response.once('close', () => {
      entry.status = response.statusCode
    })
    void answer(request, response, url, place, name)
  })

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    place: string | undefined,
    name: string,
  ): Promise<void> {
    if (place === 'other-region') return sendXml(response, 301, 'PermanentRedirect', 'Use another endpoint.')
    if (place !== 'public') {
      const vendor = place as Vendor
      const why = refuse(vendor, url, request.method!, now())
      if (why) {
        const [status, code, message] = REFUSALS[vendor][why]
        return sendXml(response, status, code, message)
      }
    }
    const bytes = objects.get(name)
    if (!bytes) return sendXml(response, 404, 'NoSuchKey', 'The specified key does not exist.')
    const fault = request.method === 'GET' ? faults.get(name)?.shift() : undefined
    if (fault?.kind === 'status') {
      for (const [header, value] of Object.entries(fault.headers ?? {})) response.setHeader(header, value)
      return sendXml(response, fault.status, 'SlowDown', 'Please reduce your request rate.')
    }
    await sendObject(request, response, bytes, fault)
  }

  async function sendObject(
    request: IncomingMessage,
    response: ServerResponse,
    bytes: Uint8Array,
    fault: Exclude<CloudFault, { kind: 'status' }> | undefined,
  ): Promise<void> {
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`
    const { range, 'if-range': ifRange } = request.headers
    const applies = fault?.kind !== 'whole' && (ifRange === undefined || ifRange === etag)
    const [, from, to] = (applies && /^bytes=(\d+)-(\d*)$/.exec(range ?? '')) || []
    const start = Number(from ?? 0)
    if (from !== undefined && start >= bytes.length) {
      response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end()
      return
    }
    const end = Math.min(bytes.length, to ? Number(to) + 1 : bytes.length)
    response.writeHead(from === undefined ? 200 : 206, {
      ETag: etag,
      'Content-Type': 'application/octet-stream',
      'Content-Length': end - start,
      ...(from === undefined ? {} : { 'Content-Range': `bytes ${start}-${end - 1}/${bytes.length}` }),
    })
    const body = bytes.subarray(start, end)
    if (request.method === 'HEAD') return void response.end()
    if (fault?.kind === 'cut' || fault?.kind === 'stall') {
      // A client may drop what it has not read yet when the connection breaks: it has a moment to read it.
      response.write(body.subarray(0, fault.after), () => {
        if (fault.kind === 'cut') setTimeout(() => request.socket.destroy(), 250)
      })
      if (fault.kind === 'stall') stalled.add(response)
      return
    }
    if (fault?.kind === 'slow') {
      const piece = Math.ceil(fault.bytesPerSecond / 20)
      for (let at = 0; at < body.length && !response.destroyed; at += piece) {
        response.write(body.subarray(at, at + piece))
        await wait(50)
      }
    } else response.write(body)
    response.end()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    address,
    requests,
    put: (name, bytes) => void objects.set(name, bytes),
    remove: (name) => void objects.delete(name),
    sign: (vendor, name, expiresInSeconds = 3_600) =>
      `${address}/${vendor}/bucket/${name}?${signedQuery(vendor, name, expiresInSeconds, now())}`,
    publicUrl: (name) => `${address}/public/bucket/${name}`,
    otherRegionUrl: (name) => `${address}/other-region/bucket/${name}`,
    fail: (name, ...more) => void faults.set(name, [...(faults.get(name) ?? []), ...more]),
    advance: (seconds) => {
      ahead += seconds
    },
    drop() {
      for (const response of stalled) response.destroy()
      stalled.clear()
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** `20261121T223000Z`, as AWS and Google write times in URLs. */
const stampOf = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '')

function signedQuery(vendor: Vendor, name: string, seconds: number, now: number): URLSearchParams {
  if (vendor === 'azure') {
    const end = new Date(now + seconds * 1_000).toISOString().replace(/\.\d+/, '')
    const query = new URLSearchParams({ sv: '2024-11-04', sr: 'b', sp: 'r', se: end })
    query.set('sig', signatureOf('', name, query))
    return query
  }
  const [prefix, algorithm] = vendor === 's3' ? ['X-Amz', 'AWS4-HMAC-SHA256'] : ['X-Goog', 'GOOG4-RSA-SHA256']
  const query = new URLSearchParams({
    [`${prefix}-Algorithm`]: algorithm,
    [`${prefix}-Credential`]: `STANDIN/${stampOf(now).slice(0, 8)}/us-east-1/s3/aws4_request`,
    [`${prefix}-Date`]: stampOf(now),
    [`${prefix}-Expires`]: String(seconds),
    [`${prefix}-SignedHeaders`]: 'host',
  })
  query.set(`${prefix}-Signature`, signatureOf(vendor === 's3' ? 'GET' : '', name, query))
  return query
}

/** Method, object and the query so far; a changed letter anywhere makes another one. */
const signatureOf = (method: string, name: string, query: URLSearchParams): string =>
  createHmac('sha256', KEY).update(`${method}\n${name}\n${query}`).digest('hex')

function refuse(
  vendor: Vendor,
  url: URL,
  method: string,
  now: number,
): keyof (typeof REFUSALS)[Vendor] | undefined {
  const name = url.pathname.split('/bucket/')[1]!
  const query = new URLSearchParams(url.search)
  const field = vendor === 's3' ? 'X-Amz-Signature' : vendor === 'gcs' ? 'X-Goog-Signature' : 'sig'
  const given = query.get(field)
  query.delete(field)
  if (given !== signatureOf(vendor === 's3' ? method : '', name, query)) return 'signature'
  return now >= endOf(vendor, query) ? 'expired' : undefined
}

function endOf(vendor: Vendor, query: URLSearchParams): number {
  if (vendor === 'azure') return Date.parse(query.get('se')!)
  const prefix = vendor === 's3' ? 'X-Amz' : 'X-Goog'
  const stamp = query.get(`${prefix}-Date`)!
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  return Date.parse(iso) + Number(query.get(`${prefix}-Expires`)) * 1_000
}

function sendXml(response: ServerResponse, status: number, code: string, message: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  response.writeHead(status, { 'Content-Type': 'application/xml' }).end(body)
}
