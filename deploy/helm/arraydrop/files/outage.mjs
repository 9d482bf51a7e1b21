// What the ingress shows while no web server answers: a page to people, JSON to programs.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const { OUTAGE_PAGE = '/app/lib/outage.html', PORT = '8080' } = process.env
const page = readFileSync(OUTAGE_PAGE)
const detail = 'Service temporarily unavailable, try again later.'

function bodyFor(path) {
  if (!path.startsWith('/api/')) return page
  if (!path.startsWith('/api/upload/')) return JSON.stringify({ detail })
  return JSON.stringify({ proto: 1, reason: 'service_unavailable', detail, request_id: '' })
}

const server = createServer((request, response) => {
  request.resume()
  if (request.url === '/healthz') return response.end()
  // The nginx controller asks for `/` after an error, and names what was wanted in a header.
  const path = String(request.headers['x-original-uri'] ?? request.url)
  const body = bodyFor(path)
  response.writeHead(503, {
    'Content-Type': body === page ? 'text/html; charset=utf-8' : 'application/json',
    'Retry-After': '5',
    'Cache-Control': 'no-store',
    // Partners' pages with COEP show it in their frames, too.
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  })
  response.end(body)
})
// Longer than the controller keeps an idle connection: otherwise a request meets one that is being closed.
server.keepAliveTimeout = 75_000
server.listen(Number(PORT), () => console.log(`listening on ${server.address().port}`))
process.on('SIGTERM', () => process.exit(0))
