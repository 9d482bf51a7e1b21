// A partner of Arraydrop, whole: a web site of its own, and the small backend behind it that mints links with an API
// key and receives webhooks. Node alone, no package. Started by `npm run demo:partner`; read it as an example.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'

const BODY_BYTES_MAX = 1_000_000
const WEBHOOK_SECONDS_MAX = 300
const PAGES = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/thanks': ['thanks.html', 'text/html; charset=utf-8'],
  '/sorry': ['sorry.html', 'text/html; charset=utf-8'],
  '/partner-page.js': ['partner-page.js', 'text/javascript; charset=utf-8'],
  '/partner-page.css': ['partner-page.css', 'text/css; charset=utf-8'],
}

/**
 * Serve the partner's site. `service` is where this backend reaches Arraydrop, `publicService` where browsers do (the
 * same, unless a proxy stands between), `apiKey` a manager's key of one project.
 *
 * @param {{ service: string, publicService?: string, apiKey: string, projectId: string, port?: number,
 *   hostname?: string }} options
 */
export async function servePartnerSite({
  service,
  publicService = service,
  apiKey,
  projectId,
  port = 0,
  hostname = 'localhost',
}) {
  /** What came by webhook and was genuine, oldest first. */
  const received =
    /** @type {{ type: string, sample_id: string, status: string, reason: string | null }[]} */ ([])
  const listeners = new Set()
  let secret = null

  const routes = {
    'POST /links': async (request, response) => {
      const { back, locale } = JSON.parse((await readBody(request)) || '{}')
      // Where people come back to is the backend's to say, never the browser's.
      const redirects = back
        ? { redirect_on_success: `${origin}/thanks?order=7`, redirect_on_failure: `${origin}/sorry` }
        : {}
      const link = await call('POST', 'array-data-upload-form/', {
        metadata: { order: 'demo' },
        expires_in: 3600,
        ...redirects,
        ...(locale ? { locale } : {}),
      })
      // The upload URL is a capability: it goes to this person's browser and nowhere else, least of all to a log.
      json(response, 201, { sample_id: link.sample_id, url: link.url })
    },
    'POST /webhooks': async (request, response) => {
      const body = await readBody(request)
      if (!secret || !isGenuine(secret, request.headers, body)) return json(response, 401, {})
      for (const { event_type, payload } of JSON.parse(body)) {
        const [sample] = payload.samples
        const event = {
          type: event_type,
          sample_id: sample.id,
          status: sample.last_status.status,
          reason: payload.reason ?? null,
        }
        received.push(event)
        for (const listener of listeners) listener(event)
      }
      json(response, 200, {})
    },
    'GET /events': async (request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
      response.write('\n')
      const tell = (event) => response.write(`data: ${JSON.stringify(event)}\n\n`)
      listeners.add(tell)
      request.on('close', () => listeners.delete(tell))
    },
    'GET /status': async (request, response) => {
      const id = new URL(request.url, 'http://partner.invalid').searchParams.get('sample') ?? ''
      const sample = await call('GET', `samples/${encodeURIComponent(id)}`)
      json(response, 200, { status: sample.last_status.status })
    },
  }

  const server = createServer(async (request, response) => {
    try {
      const [path] = request.url.split('?')
      const route = routes[`${request.method} ${path}`]
      if (route) return await route(request, response)
      if (request.method === 'GET' && PAGES[path]) return await sendPage(response, ...PAGES[path])
      json(response, 404, { detail: 'There is nothing here.' })
    } catch (error) {
      if (response.headersSent) response.destroy()
      else json(response, 502, { detail: error.message })
    }
  })
  await new Promise((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve()),
  )
  const address = /** @type {import('node:net').AddressInfo} */ (server.address())
  const origin = `http://${hostname}:${address.port}`

  /** The site's own policy: Arraydrop's script and frame, and nothing inline. */
  const policy = [
    "default-src 'self'",
    `script-src 'self' ${publicService}`,
    `frame-src 'self' ${publicService}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; ')

  async function sendPage(response, file, type) {
    const text = await readFile(new URL(file, import.meta.url), 'utf8')
    response.writeHead(200, {
      'Content-Type': type,
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
    })
    response.end(text.replaceAll('{{service}}', publicService))
  }

  /** The partner API. The key stays here: no browser ever sees it. */
  async function call(method, path, body) {
    const response = await fetch(`${service}/api/v2/${path}`, {
      method,
      headers: { Authorization: `Api-Key ${apiKey}`, 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const answer = await response.json()
    if (response.ok) return answer
    const needed = response.headers.get('role-needed')
    const role = needed ? ` Role needed: ${needed}. This key has: ${response.headers.get('role-held')}.` : ''
    throw new Error(`Arraydrop answered ${response.status}: ${JSON.stringify(answer)}${role}`)
  }

  /** Why webhooks cannot come here; null once they do. */
  async function subscribe() {
    try {
      const { results } = await call('GET', 'project-subscription-event-types/')
      const { id } = await call('POST', `project-subscriptions/${projectId}`, {
        name: 'Partner site (demo)',
        target: `http://127.0.0.1:${address.port}/webhooks`,
        event_types: results.map(({ key }) => key),
      })
      secret = (await call('POST', `project-subscription-secret/${id}`)).secret
      return null
    } catch (error) {
      return error.message
    }
  }

  return {
    origin,
    received,
    noWebhooks: await subscribe(),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Standard Webhooks: a signature over id, time and body, not older than five minutes. */
function isGenuine(secret, headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures = '' } = headers
  if (Math.abs(Date.now() / 1000 - Number(time)) > WEBHOOK_SECONDS_MAX) return false
  const expected = createHmac('sha256', Buffer.from(secret, 'base64'))
    .update(`${id}.${time}.${body}`)
    .digest()
  return String(signatures)
    .split(' ')
    .some((signature) => {
      const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64')
      return given.length === expected.length && timingSafeEqual(given, expected)
    })
}

async function readBody(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > BODY_BYTES_MAX) throw new Error('That is too much.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function json(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}
