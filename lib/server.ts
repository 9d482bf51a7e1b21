import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import { parseArgs } from 'node:util'
import next from 'next'
import { announce } from '#lib/announce.ts'
import { boot, type System } from '#lib/boot.ts'
import { openToPartners, PARTNER_SCRIPT, secureDocument } from '#lib/page-security.ts'
import { env as readEnvironment } from '#lib/platform/env.ts'
import { clientAddress, isLoopbackAddress } from '#lib/platform/http/client-address.ts'
import { endSlowRequests } from '#lib/platform/http/end-slow-requests.ts'
import { routeOfPath } from '#lib/platform/http/route-of-path.ts'
import { runMinorGc } from '#lib/platform/http/run-minor-gc.ts'
import { setTrustedHeader } from '#lib/platform/http/set-trusted-header.ts'
import { createLog, redactUrl } from '#lib/platform/log.ts'
import { isDownload, serveDownload } from '#lib/serve-download.ts'
import { createTusServer } from '#lib/sessions/upload/tus.ts'
import { UPLOAD_PATH } from '#lib/sessions/upload/upload.ts'

/**
 * The web server: listens first, boots behind it, and hands uploads to tus and sends deliverables before
 * Next sees them (Next would buffer the body of the first and drop the length of the second). Stops in order at
 * SIGTERM, SIGINT or SIGHUP: requests in flight, jobs, connections, database.
 */

/** A stop may wait this long for requests in flight; a half-open phone must not delay it forever. */
const DRAIN_MS = 10_000
const STOP_MS_MAX = 45_000
/** A connection without any traffic is closed after this. */
const IDLE_MS = 120_000

const { values: flags } = parseArgs({ options: { dev: { type: 'boolean', default: false } } })
const dev = flags.dev
const env = startWith(readEnvironment)
const log = createLog(env)
const root = path.resolve(import.meta.dirname, '..')

const app = next({ dev, dir: root, hostname: env.host, port: env.port })
let booting: Promise<System> | undefined
let serve: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined

const server = createServer({ requestTimeout: 0, headersTimeout: 60_000 }, (request, response) => {
  const requestId = randomUUID()
  const loopback = isLoopbackAddress(request.socket.remoteAddress)
  setTrustedHeader(request, 'request-id', requestId)
  setTrustedHeader(request, 'x-remote-is-loopback', loopback ? 'yes' : 'no')
  setTrustedHeader(request, 'x-client-address', clientAddress(request, env))
  response.setHeader('Request-Id', requestId)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  if (!serve) return refuse(request, response)
  serve(request, response).catch((error: unknown) => {
    log.error({ err: error, request_id: requestId, url: redactUrl(request.url ?? '') }, 'request failed')
    if (response.headersSent) response.destroy()
    else answerOutage(response)
  })
})
server.setTimeout(IDLE_MS)
endSlowRequests(server)
server.on('error', (error) => stop(1, error))
process.on('uncaughtException', (error) => stop(1, error))
process.on('disconnect', () => stop(0))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))

server.listen(env.port, env.host, () => {
  start().catch((error: unknown) => stop(1, error))
})

async function start(): Promise<void> {
  const jobs = env.worker === 'inline'
  booting = boot({ jobs, applicationName: 'arraydrop-web' })
  const [booted] = await Promise.all([booting, app.prepare()])
  if (stopping) return
  const tus = createTusServer(booted.services)
  const countBodyBytes = runMinorGc()
  const handle = app.getRequestHandler()
  server.on('upgrade', (request, socket, head) => void app.getUpgradeHandler()(request, socket, head))
  const { telemetry } = booted.services
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const pathname = (request.url ?? '/').split('?', 1)[0]!
    telemetry.nameRoute(() => routeOfPath(pathname))
    if (pathname === UPLOAD_PATH || pathname.startsWith(`${UPLOAD_PATH}/`)) {
      await tus.handle(overrideMethod(request), response)
      return countBodyBytes(Number(request.headers['content-length'] ?? 0))
    }
    if (isDownload(pathname)) return serveDownload(request, response, pathname)
    if (pathname === PARTNER_SCRIPT) openToPartners(response)
    else if (!pathname.startsWith('/api/') && !pathname.startsWith('/_next/')) {
      await secureDocument(booted.services, request, response, { dev })
    }
    await handle(request, response)
  }
  serve = (request, response) =>
    telemetry.request(request.method ?? '', String(request.headers['request-id']), async () => {
      await respond(request, response)
      return response.statusCode
    })
  await announce(booted.services)
}

/** Some networks let only GET and POST through: tus clients then name the method in a header (tus 1.0, X-HTTP-Method-Override). */
function overrideMethod(request: IncomingMessage): IncomingMessage {
  const wanted = request.headers['x-http-method-override']
  if (request.method === 'POST' && typeof wanted === 'string' && /^(?:PATCH|HEAD|DELETE)$/i.test(wanted)) {
    request.method = wanted.toUpperCase()
  }
  return request
}

/** The response before the boot has finished: alive, but not ready. */
function refuse(request: IncomingMessage, response: ServerResponse): void {
  const live = request.url === '/api/health/live'
  response.writeHead(live ? 200 : 503, { 'Content-Type': 'application/json', 'Retry-After': '1' })
  response.end(JSON.stringify(live ? { status: 'ok' } : { detail: 'Starting; try again in a moment.' }))
}

/** The response when a page could not be started, most likely because the database is away. */
function answerOutage(response: ServerResponse): void {
  response.writeHead(503, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Retry-After': '5',
    'Cache-Control': 'no-store',
  })
  response.end(
    'The service is not available at the moment. Nothing is lost: please reload this page in a minute.\n',
  )
}

let stopping = false
function stop(code: number, error?: unknown): void {
  if (error) log.fatal({ err: error }, explain(error))
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(1), STOP_MS_MAX).unref()
  void (async () => {
    if (server.listening) {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
      await closed
      clearTimeout(force)
    }
    await app.close().catch(() => {})
    // A boot that failed or was interrupted may have started its database by now.
    const system = await booting?.catch(() => undefined)
    await system?.stop()
    process.exit(code)
  })()
}

function explain(error: unknown): string {
  const { code } = error as { code?: string }
  if (code === 'EADDRINUSE')
    return `Port ${env.port} on ${env.host} is in use: stop the program that listens there, or set PORT.`
  return error instanceof Error ? error.message : 'The server cannot continue.'
}

/** A bad environment ends the process with its list of faults, not with a stack trace. */
function startWith<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
