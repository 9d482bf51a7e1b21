import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import { parseArgs } from 'node:util'
import next from 'next'
import { announce } from '#lib/announce.ts'
import { boot, type System } from '#lib/boot.ts'
import { createDocs } from '#lib/docs/serve-docs.ts'
import { createDoctor } from '#lib/doctor/page/serve-doctor.ts'
import { oddUpload } from '#lib/odd-upload.ts'
import { readOutagePage } from '#lib/outage-page.ts'
import { openToPartners, PARTNER_SCRIPT, secureDocument } from '#lib/page-security.ts'
import { env as readEnvironment } from '#lib/platform/env.ts'
import { clientAddress, isLoopbackAddress } from '#lib/platform/http/client-address.ts'
import { closeUnread } from '#lib/platform/http/close-unread.ts'
import {
  dropFileConditions,
  dropInternalHeaders,
  dropUnreadableState,
} from '#lib/platform/http/drop-internal-headers.ts'
import { endSlowRequests } from '#lib/platform/http/end-slow-requests.ts'
import { endUnreadable } from '#lib/platform/http/end-unreadable.ts'
import { ASKED_METHOD, isApi, type OddRequest, oddRequest, pathOf } from '#lib/platform/http/odd-request.ts'
import { routeOfPath } from '#lib/platform/http/route-of-path.ts'
import { runMinorGc } from '#lib/platform/http/run-minor-gc.ts'
import { setTrustedHeader } from '#lib/platform/http/set-trusted-header.ts'
import { watchConnections } from '#lib/platform/http/watch-connections.ts'
import { createLog, redactUrl } from '#lib/platform/log.ts'
import { notifySystemd } from '#lib/platform/notify-systemd.ts'
import { sayWhyEnded } from '#lib/platform/say-why-ended.ts'
import { settleWithin } from '#lib/platform/settle-within.ts'
import { StartRefusal } from '#lib/platform/start-refusal.ts'
import { refusalBody } from '#lib/refusal-body.ts'
import { isDownload, serveDownload } from '#lib/serve-download.ts'
import { createTusServer } from '#lib/sessions/upload/tus.ts'
import { methodsOfUpload, UPLOAD_PATH } from '#lib/sessions/upload/upload.ts'

/**
 * The web server: boots, and listens before that or, behind a proxy, after it; hands uploads to tus and sends deliverables before
 * Next sees them (Next would buffer the body of the first and drop the length of the second). Stops in order at
 * SIGTERM, SIGINT or SIGHUP: requests in flight, jobs, connections, database.
 */

/** A stop may wait this long for requests in flight; a half-open phone must not delay it forever. */
const DRAIN_MS = 10_000
const NEXT_CLOSE_MS_MAX = 3_000
const STOP_MS_MAX = 45_000
/** A connection without any traffic during a request is closed after this. */
const IDLE_MS = 120_000
/**
 * An idle connection stays open longer than a proxy in front keeps it (AWS and nginx 60 s, Google 600 s). Otherwise the
 * proxy sends a request into a connection that is just being closed, and answers 502. Behind a trusted proxy only
 * proxies connect, so there are few connections to keep.
 */
const KEEP_ALIVE_MS = 75_000
const KEEP_ALIVE_BEHIND_PROXY_MS = 620_000

const { values: flags } = parseArgs({ options: { dev: { type: 'boolean', default: false } } })
const dev = flags.dev
const env = startWith(readEnvironment)
const log = createLog(env)
const root = path.resolve(import.meta.dirname, '..')
const outagePage = readOutagePage()

/** Until the boot has finished, this process is alive, but not ready. */
const STARTING: OddRequest = {
  status: 503,
  detail: 'Starting; try again in a moment.',
  headers: { 'Retry-After': '1' },
}

/** Where Next's own scripts ask for pages; in development also for what is theirs. */
const NAVIGATED = dev ? /^\/(?:console|_next|__nextjs)/ : /^\/console(?:\/|$)/

/** The response when a page could not be started, most likely because the database is away. */
const OUTAGE: OddRequest = {
  status: 503,
  detail: 'The service is not available at the moment. Nothing is lost: please try again in a minute.',
  headers: { 'Retry-After': '5' },
}

const app = next({ dev, dir: root, hostname: env.host, port: env.port })
let booting: Promise<System> | undefined
const stopped = new AbortController()
let serve: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined

const server = createServer(
  {
    requestTimeout: 0,
    headersTimeout: 60_000,
    keepAliveTimeout: env.trustProxy ? KEEP_ALIVE_BEHIND_PROXY_MS : KEEP_ALIVE_MS,
    // Next listens for upgrades and does not end all of them. Only its development server has any use for them; in
    // production a request is answered as if it had not asked.
    shouldUpgradeCallback: () => dev,
  },
  receive,
)

function receive(request: IncomingMessage, response: ServerResponse): void {
  // The connection has been closed in our direction; what still comes is only read to discard it.
  if (request.socket.writableEnded) {
    request.resume()
    return
  }
  const requestId = randomUUID()
  const loopback = isLoopbackAddress(request.socket.remoteAddress)
  setTrustedHeader(request, 'request-id', requestId)
  setTrustedHeader(request, 'x-remote-is-loopback', loopback ? 'yes' : 'no')
  setTrustedHeader(request, 'x-client-address', clientAddress(request, env))
  setTrustedHeader(request, ASKED_METHOD, request.method ?? '')
  response.setHeader('Request-Id', requestId)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  const odd = oddRequest(request, { dev })
  // A method that is only refused may have come with any body.
  if (request.method !== request.headers[ASKED_METHOD]) response.setHeader('Connection', 'close')
  if (odd) refuse(request, response, odd)
  else if (serve) void handOver(serve, request, response)
  else answerWhileStarting(request, response)
}

async function handOver(
  handler: NonNullable<typeof serve>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await handler(request, response)
  } catch (error) {
    const requestId = request.headers['request-id']
    log.error({ err: error, request_id: requestId, url: redactUrl(request.url ?? '') }, 'request failed')
    if (response.headersSent) response.destroy()
    else refuse(request, response, OUTAGE)
  }
}
server.setTimeout(IDLE_MS)
const connections = watchConnections(server)
endSlowRequests(server)
closeUnread(server)
endUnreadable(server, (pathname, odd) => refusalBody(pathname, odd, randomUUID()))
server.on('error', (error) => stop(1, refusalToListen(error)))
process.on('uncaughtException', (error) => stop(1, error))
process.on('disconnect', () => stop(0))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))

const listen = (then: () => void) => server.listen(env.port, env.host, then)

// A proxy sends requests wherever a port is open: behind one, it is opened last. Otherwise first, since people may be waiting.
if (env.trustProxy) void start().then(() => stopping || listen(sayReady), fail)
else listen(() => void start().then(sayReady).catch(fail))

function fail(error: unknown): void {
  if (!stopping) stop(1, error)
}

function sayReady(): void {
  if (stopping) return
  notifySystemd()
  booting?.then(({ services }) => announce(services)).catch(fail)
}

async function start(): Promise<void> {
  const jobs = env.worker === 'inline'
  booting = boot({ jobs, web: true, applicationName: 'arraydrop-web', signal: stopped.signal })
  const [booted] = await Promise.all([booting, app.prepare()])
  if (stopping) return
  const tus = createTusServer(booted.services)
  const countBodyBytes = runMinorGc()
  const serveDocs = createDocs()
  const serveDoctor = createDoctor(booted.services)
  const handle = app.getRequestHandler()
  const { telemetry } = booted.services
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const pathname = pathOf(request.url ?? '/')
    if (pathname.startsWith('/api/upload/')) takeUploadToken(request)
    telemetry.nameRoute(() => routeOfPath(pathname))
    if (pathname === UPLOAD_PATH || pathname.startsWith(`${UPLOAD_PATH}/`)) {
      if (await serveDoctor(request, response, pathname)) return
      const odd = oddUpload(request, pathname)
      if (odd) return refuse(request, response, odd)
      if (request.method === 'OPTIONS') response.setHeader('Allow', methodsOfUpload(pathname))
      await tus.handle(request, response)
      return countBodyBytes(Number(request.headers['content-length'] ?? 0))
    }
    if (!isApi(pathname)) dropFileConditions(request)
    if (NAVIGATED.test(pathname)) dropUnreadableState(request)
    else dropInternalHeaders(request)
    if (isDownload(pathname)) return serveDownload(request, response, pathname)
    if (pathname === PARTNER_SCRIPT) openToPartners(response)
    else if (!pathname.startsWith('/api/') && !pathname.startsWith('/_next/')) {
      await secureDocument(booted.services, request, response, { dev })
      if (await serveDocs(request, response, pathname)) return
      if (await serveDoctor(request, response, pathname)) return
    }
    await handle(request, response)
  }
  serve = (request, response) =>
    telemetry.request(request.method ?? '', String(request.headers['request-id']), async () => {
      await respond(request, response)
      return response.statusCode
    })
}

/** Some proxies remove `Authorization` or replace it by their own: the page sends the link's token in this header too. */
function takeUploadToken(request: IncomingMessage): void {
  const token = request.headers['x-upload-token']
  if (token) setTrustedHeader(request, 'authorization', `Bearer ${token}`)
}

function answerWhileStarting(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === '/api/health/live') {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ status: 'ok' }))
  } else refuse(request, response, STARTING)
}

/** The response to a request that no handler could take, or that none could answer; it ends the connection. */
function refuse(request: IncomingMessage, response: ServerResponse, odd: OddRequest): void {
  const requestId = String(request.headers['request-id'])
  const pathname = pathOf(request.url ?? '')
  const page = odd.status === 503 && !isApi(pathname) ? outagePage : undefined
  const { type, body } = page ?? refusalBody(pathname, odd, requestId)
  response.writeHead(odd.status, {
    ...odd.headers,
    ...(body.length > 0 ? { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) } : {}),
    ...page?.headers,
    'Cache-Control': 'no-store',
    Connection: 'close',
  })
  response.end(body)
}

let stopping = false
function stop(code: number, error?: unknown): void {
  if (error) sayWhyEnded(error, log)
  if (stopping) return
  stopping = true
  stopped.abort()
  setTimeout(() => process.exit(1), STOP_MS_MAX).unref()
  void (async () => {
    // Each step has its own limit, so that none keeps the last one, which hands jobs over and ends the database, waiting.
    if (server.listening) await connections.close(DRAIN_MS)
    await settleWithin(NEXT_CLOSE_MS_MAX, app.close())
    // A boot that failed or was interrupted may have started its database by now.
    const system = await booting?.catch(() => undefined)
    // Whatever ended this process may be a job of it: those under way count as tried.
    await system?.stop({ failed: code !== 0 })
    process.exit(code)
  })()
}

function refusalToListen(error: NodeJS.ErrnoException): Error {
  const place = `Port ${env.port} on ${env.host}`
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartRefusal(`${place} is in use: stop the program that listens there, or set PORT.`)
    case 'EACCES':
      return new StartRefusal(`${place} is not allowed to this user: set PORT to 1024 or more.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartRefusal(
        `${place} is not at this machine: set HOST to one of its addresses, or to 0.0.0.0.`,
      )
    default:
      return error
  }
}

/** A bad environment ends the process with its list of faults. */
function startWith<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    sayWhyEnded(error, createLog({ logLevel: 'info' }))
    process.exit(1)
  }
}
