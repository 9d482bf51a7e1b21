import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { readWalkthroughs } from '#lib/openapi/read-walkthroughs.ts'
import { type PackedText, packText, sendPacked } from '#lib/platform/http/packed-text.ts'
import { loadOnce } from '#lib/platform/load-once.ts'
import { drawSearch, SEARCH_PATH } from './draw-search.ts'
import { drawPages } from './draw-site.ts'
import { type Frame, framePage, policyOf } from './frame-page.ts'
import { readGuides } from './read-guides.ts'

interface Served extends PackedText {
  etag: string
}

interface Site {
  policy: string
  pages: Map<string, Served>
}

/** Long enough for a visit; after an upgrade the pages are new. */
const CACHE_SECONDS = 300

/**
 * The pages of `/docs` and what their search looks through, drawn when the first of them is asked for and kept: a request
 * then costs a look into a map. After a failure the next request draws them. Returns false for any other path, which somebody else answers.
 */
export function createDocs() {
  const site = loadOnce(drawSite)
  return async (request: IncomingMessage, response: ServerResponse, pathname: string): Promise<boolean> => {
    if (!/^\/docs(?:\/|$)/.test(pathname) || !/^(?:GET|HEAD)$/.test(request.method ?? '')) return false
    const { pages, policy } = await site()
    const page = pages.get(pathname.replace(/\/$/, ''))
    if (!page) return false
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Cache-Control', `public, max-age=${CACHE_SECONDS}`)
    response.setHeader('ETag', page.etag)
    // A proxy that compresses makes the tag a weak one.
    if (request.headers['if-none-match']?.replace(/^W\//, '') === page.etag) {
      response.writeHead(304, { Vary: 'Accept-Encoding' }).end()
    } else sendPacked(request, response, page)
    return true
  }
}

async function drawSite(): Promise<Site> {
  const read = (name: string) => readFile(path.join(import.meta.dirname, name), 'utf8')
  const style = (await read('../plain-page.css')) + (await read('docs-page.css'))
  const frame: Frame = { style, script: await read('docs-page.js') }
  const drawn = drawPages(await readWalkthroughs(), await readGuides())
  const pages = new Map<string, Served>()
  for (const page of drawn) pages.set(page.path, await pack('text/html', framePage(page, drawn, frame)))
  pages.set(SEARCH_PATH, await pack('application/json', drawSearch(drawn)))
  return { policy: policyOf(frame), pages }
}

async function pack(type: string, text: string): Promise<Served> {
  const packed = await packText(type, text)
  return { ...packed, etag: `"${createHash('sha256').update(packed.body).digest('base64url').slice(0, 22)}"` }
}
