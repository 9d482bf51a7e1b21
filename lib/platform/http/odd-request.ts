import type { IncomingMessage } from 'node:http'

/** Methods that any handler knows. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
export const ALLOW = METHODS.join(', ')

/** A request that no handler can make sense of, and its response. */
export interface OddRequest {
  status: number
  /** In words for whoever wrote the client; empty where no explanation is needed. */
  detail: string
  headers?: Record<string, string>
}

/**
 * What is odd about a request line, or null. Judges the method, an `Upgrade` to WebSocket and the form of the target, so
 * that every handler gets a path with single slashes and valid percent-encoding. An absolute target (`GET
 * http://host/path`) becomes its path, as HTTP requires of servers, and an API path with surplus slashes (a host that
 * ends in one, and a path that starts with one) the path that it means: a redirect would lose the body of a POST.
 * Nothing may look at the path before this has.
 */
export function oddRequest(request: IncomingMessage): OddRequest | null {
  const { method = '' } = request
  if (request.url === '*' && method === 'OPTIONS') {
    return { status: 204, detail: '', headers: { Allow: ALLOW } }
  }
  if (!METHODS.includes(method)) {
    return { status: 405, detail: `Method "${method}" not allowed.`, headers: { Allow: ALLOW } }
  }
  if (/\bwebsocket\b/i.test(request.headers.upgrade ?? '')) {
    return { status: 400, detail: 'This service has no WebSockets.' }
  }
  request.url = (request.url ?? '/').replace(/^https?:\/\/[^/?#]*(?=([/?#]?))/i, (_, next) =>
    next === '/' ? '' : '/',
  )
  const pathname = pathOf(request.url)
  const single = pathname.replace(/\/+/g, '/')
  if (single !== pathname && isApi(single)) request.url = single + request.url.slice(pathname.length)
  return oddTarget(request.url, method)
}

function oddTarget(url: string, method: string): OddRequest | null {
  const pathname = pathOf(url)
  if (!pathname.startsWith('/')) return { status: 400, detail: 'The request target must be a path.' }
  const decoded = decode(pathname)
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
  const names = [...new URLSearchParams(url.slice(pathname.length)).keys()]
  if (isApi(pathname) && names.some(isDropped)) {
    return { status: 400, detail: `There is no such parameter here: ${names.find(isDropped)!.slice(0, 60)}` }
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

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
