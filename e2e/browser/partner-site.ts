import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The partner's web site, on a different site from the upload page by browsers' rules. */
export interface PartnerSite {
  origin: string
  /** A page with one link to the upload page. */
  startPage(link: string): string
  /** A page that frames the upload page. */
  framePage(link: string): string
  /** A place to come back to; `rest` is everything behind the path, byte for byte. */
  place(name: 'done' | 'failed', rest?: string): string
  /** Every request so far. */
  visits: readonly Visit[]
  close(): Promise<void>
}

export interface Visit {
  url: string
  referer: string | undefined
}

/** Serve a partner's pages on a free port of `partner.localhost`. */
export async function servePartnerSite(): Promise<PartnerSite> {
  const visits: Visit[] = []
  const server = createServer((request, response) => {
    visits.push({ url: request.url ?? '', referer: request.headers.referer })
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(pageFor(request))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://partner.localhost:${(server.address() as AddressInfo).port}`
  const pageWith = (name: string) => (link: string) => `${origin}/${name}?link=${encodeURIComponent(link)}`
  return {
    origin,
    startPage: pageWith('start'),
    framePage: pageWith('frame'),
    place: (name, rest = '') => `${origin}/${name}${rest}`,
    visits,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function pageFor({ url = '/' }: IncomingMessage): string {
  const { pathname, searchParams } = new URL(url, 'http://partner.invalid')
  const link = inAttribute(searchParams.get('link') ?? '')
  const bodies: Record<string, string> = {
    '/start': `<a href="${link}">Upload my file</a>`,
    '/frame': `<h1>Acme</h1><iframe title="Upload" src="${link}" width="420" height="900"></iframe>`,
  }
  const body = bodies[pathname] ?? `<h1>Back at Acme: ${pathname.slice(1)}</h1>`
  return `<!doctype html><html lang="en"><title>Acme</title><link rel="icon" href="data:,">${body}</html>`
}

const inAttribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
