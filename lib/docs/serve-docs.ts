import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { readWalkthroughs } from '#lib/openapi/read-walkthroughs.ts'
import { drawPages } from './draw-site.ts'
import { type Frame, framePage, policyOf } from './frame-page.ts'
import { readGuides } from './read-guides.ts'

interface Served {
  body: Buffer
  zipped: Buffer
  etag: string
}

interface Site {
  policy: string
  pages: Map<string, Served>
}

/** Long enough for a visit; after an upgrade the pages are new. */
const CACHE_SECONDS = 300

/**
 * The pages of `/docs`, drawn when the first of them is asked for and kept: a request then costs a look into a map.
 * Returns false for any other path, which somebody else answers.
 */
export function createDocs() {
  let drawing: Promise<Site> | undefined
  return async (request: IncomingMessage, response: ServerResponse, pathname: string): Promise<boolean> => {
    if (!/^\/docs(?:\/|$)/.test(pathname) || !/^(?:GET|HEAD)$/.test(request.method ?? '')) return false
    drawing ??= drawSite()
    const { pages, policy } = await drawing
    const page = pages.get(pathname.replace(/\/$/, ''))
    if (!page) return false
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Cache-Control', `public, max-age=${CACHE_SECONDS}`)
    response.setHeader('ETag', page.etag)
    response.setHeader('Vary', 'Accept-Encoding')
    // A proxy that compresses makes the tag a weak one.
    if (request.headers['if-none-match']?.replace(/^W\//, '') === page.etag) return end(response, 304)
    const zips = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    if (zips) response.setHeader('Content-Encoding', 'gzip')
    const body = zips ? page.zipped : page.body
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.setHeader('Content-Length', body.length)
    return end(response, 200, request.method === 'HEAD' ? undefined : body)
  }
}

function end(response: ServerResponse, status: number, body?: Buffer): true {
  response.statusCode = status
  response.end(body)
  return true
}

async function drawSite(): Promise<Site> {
  const read = (name: string) => readFile(path.join(import.meta.dirname, name), 'utf8')
  const frame: Frame = { style: await read('docs-page.css'), script: await read('docs-page.js') }
  const drawn = drawPages(await readWalkthroughs(), await readGuides())
  const pages = new Map<string, Served>()
  for (const page of drawn) {
    const body = Buffer.from(framePage(page, drawn, frame))
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    pages.set(page.path, { body, zipped: await promisify(gzip)(body, { level: 9 }), etag })
  }
  return { policy: policyOf(frame), pages }
}
