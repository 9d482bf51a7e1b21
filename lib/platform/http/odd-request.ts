import type { IncomingMessage } from 'node:http'
import { decodeEscapes, escapesUtf8 } from './percent-encoding.ts'

/** Methods that any handler knows. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** What every page takes, and every file of Next's. */
const ALLOW_OF_PAGES = 'GET, HEAD'
/** Pages with a form that a browser sends by itself if its button is pressed before the page's script runs. */
const FORM_PAGES = /^\/console\/(?:sign-in|first-owner|invitation|reset)\/?$/
/** Paths to which the scripts of Next's development server post. */
const DEVELOPMENT = /^\/(?:_next|__nextjs)/

/** Trusted header with the method as the client sent it. */
export const ASKED_METHOD = 'asked-method'

/** A request that no handler can make sense of, and its response. */
export interface OddRequest {
  status: number
  /** In words for whoever wrote the client; empty where no explanation is needed. */
  detail: string
  headers?: Record<string, string>
}

/**
 * What is odd about a request line, or null. Judges the method, an `Upgrade` to WebSocket, the transfer encoding and the
 * form of the target, so that every handler gets a path with single slashes and valid percent-encoding. An absolute
 * target (`GET http://host/path`) becomes its path, as HTTP requires of servers, and an API path with surplus slashes (a
 * host that ends in one, and a path that starts with one) the path that it means: a redirect would lose the body of a POST.
 * A method that no handler of the API knows becomes OPTIONS: the path's own handler knows what it takes, finds the real
 * method in the `ASKED_METHOD` header, which must have been set before, and refuses it. Pages and files take GET and
 * HEAD: Next would draw a page whatever the method, and fail with 500 for a file.
 * Nothing may look at the path before this has.
 */
export function oddRequest(request: IncomingMessage, { dev }: { dev: boolean }): OddRequest | null {
  const { method = '' } = request
  if (request.url === '*' && method === 'OPTIONS') {
    return { status: 204, detail: '', headers: { Allow: METHODS.join(', ') } }
  }
  if (/\bwebsocket\b/i.test(request.headers.upgrade ?? '')) {
    return { status: 400, detail: 'This service has no WebSockets.' }
  }
  // Node undoes `chunked` alone, and would hand over the rest as if it were the body.
  if (!/^(?:chunked)?$/i.test(request.headers['transfer-encoding']?.trim() ?? '')) {
    return { status: 501, detail: 'Transfer-Encoding may be chunked and nothing else; use Content-Encoding.' }
  }
  request.url = (request.url ?? '/').replace(/^https?:\/\/[^/?#]*(?=([/?#]?))/i, (_, next) =>
    next === '/' ? '' : '/',
  )
  const pathname = pathOf(request.url)
  const single = pathname.replace(/\/+/g, '/')
  if (single !== pathname && isApi(single)) request.url = single + request.url.slice(pathname.length)
  const odd = oddTarget(request.url, method)
  if (odd) return odd
  if (!isApi(single)) return dev && DEVELOPMENT.test(pathname) ? null : oddForPage(method, request.url)
  if (!METHODS.includes(method)) request.method = 'OPTIONS'
  return null
}

function oddForPage(method: string, url: string): OddRequest | null {
  if (method === 'GET' || method === 'HEAD') return null
  if (method === 'OPTIONS') return { status: 204, detail: '', headers: { Allow: ALLOW_OF_PAGES } }
  // What was typed is not read: the page is shown again, by now with its script.
  if (method === 'POST' && FORM_PAGES.test(pathOf(url))) {
    return { status: 303, detail: '', headers: { Location: url } }
  }
  return methodNotAllowed(method, ALLOW_OF_PAGES)
}

/** A 405 with what the path takes (RFC 9110 15.5.6). */
export const methodNotAllowed = (method: string, allow: string): OddRequest => ({
  status: 405,
  detail: `Method "${method}" not allowed.`,
  headers: { Allow: allow },
})

function oddTarget(url: string, method: string): OddRequest | null {
  const pathname = pathOf(url)
  if (!pathname.startsWith('/')) return { status: 400, detail: 'The request target must be a path.' }
  const decoded = decodeEscapes(pathname)
  if (decoded === null) {
    return { status: 400, detail: 'The path is not valid: its percent-encoding cannot be decoded.' }
  }
  // The API answers that there is no such object; no page of ours has a NUL in its path.
  if (decoded.includes('\0') && !isApi(pathname)) {
    return { status: 400, detail: 'The path is not valid: it has a NUL.' }
  }
  // Browsers resolve these before they ask. Next would resolve them after everything here has looked at the path.
  if (/(?:^|[/\\])\.{1,2}(?:[/\\]|$)/.test(decoded)) {
    return { status: 400, detail: 'The path is not valid: it has `.` or `..` in it.' }
  }
  // A URL parser drops what follows, filters included. Browsers never send it.
  if (isApi(pathname) && url.includes('#')) {
    return { status: 400, detail: 'The request target has a `#` in it: write it as %23.' }
  }
  const names = [...new URLSearchParams(url.slice(pathname.length)).keys()]
  if (isApi(pathname) && names.some(isDropped)) {
    return { status: 400, detail: `There is no such parameter here: ${names.find(isDropped)!.slice(0, 60)}` }
  }
  // A URL parser would put a replacement character in its place, and look for that.
  if (isApi(pathname) && !escapesUtf8(url.slice(pathname.length))) {
    return { status: 400, detail: 'The query is not valid: its percent-encoding is not UTF-8.' }
  }
  if (!/\\|\/\//.test(pathname)) return null
  const cleaned = pathname.replace(/[/\\]+/g, '/')
  if (isApi(cleaned) || !(method === 'GET' || method === 'HEAD')) {
    return { status: 404, detail: `There is no such path. Did you mean ${cleaned}?` }
  }
  return { status: 308, detail: '', headers: { Location: cleaned + url.slice(pathname.length) } }
}

/** Parameters that Next takes out of a query: the API would not see them, and would not refuse them. */
const isDropped = (name: string): boolean => /^(?:__proto__|nextInternalLocale|nxt[PI].+)$/s.test(name)

/** The path of a request target, without its query. */
export const pathOf = (url: string): string => url.split('?', 1)[0]!

/** Whether a path, with surplus slashes or without, belongs to one of the interfaces for programs. */
export const isApi = (pathname: string): boolean => /^[/\\]+api(?:[/\\]|$)/.test(pathname)
