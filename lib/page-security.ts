import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isDoctorPath } from '#lib/doctor/page/draw-page.ts'
import { setTrustedHeader } from '#lib/platform/http/set-trusted-header.ts'
import type { Services } from '#lib/services.ts'
import { policyOfLink } from '#lib/sessions/link/link-policy.ts'

/**
 * The console uses a component library that sets styles: its <style> elements carry the nonce, and style attributes are
 * allowed. Scripts are as restricted as everywhere. The preview shows the upload page as it is.
 */
const STYLED = /^\/console(?!\/preview(?:\/|$))(?:\/|$)/

/** The upload page in a brand that is being chosen, framed by the console. It shows no personal data. */
const BRAND_PREVIEW = '/console/preview/brand'

/** The only page whose URL carries a token. Others may frame it, and `/doctor`, which tells whether it works there. */
const UPLOAD_PAGE = '/array-data-upload'
/** The only script that other sites load. */
export const PARTNER_SCRIPT = '/embed.js'

/**
 * Headers of every document, set before Next sees the request. A nonce in the *request's* policy makes Next put it on
 * its scripts. The upload page's query is removed first: Next would copy the token into the HTML, and the page
 * reads it from its own URL.
 */
export async function secureDocument(
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
  { dev }: { dev: boolean },
): Promise<void> {
  // Split by hand: a request line such as `//` is not a URL, and must not cause an error.
  const [pathname, query] = splitOnce(request.url ?? '/', '?')
  const uploadPage = leadsToUploadPage(pathname)
  const openToHosts = uploadPage || (services.env.doctor && isDoctorPath(pathname))
  const { ancestors, locale, sampleId } = openToHosts
    ? await policyOfLink(services, new URLSearchParams(uploadPage ? query : ''))
    : { ancestors: [pathname === BRAND_PREVIEW ? "'self'" : "'none'"], locale: null, sampleId: null }
  if (uploadPage) request.url = UPLOAD_PAGE
  if (openToHosts) {
    // A partner's page with COEP shows only frames that have it too and may be used by other sites.
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
  }

  const nonce = randomBytes(16).toString('base64')
  const styled = STYLED.test(pathname)
  const policy = contentSecurityPolicy({ nonce, ancestors, dev, styled, uploadPage })
  // Where to return to after signing in: Next's layouts do not know their own URL.
  setTrustedHeader(request, 'x-asked-for', uploadPage ? '' : askedFor(request.url ?? ''))
  setTrustedHeader(request, 'x-link-locale', locale ?? '')
  setTrustedHeader(request, 'x-link-sample', sampleId ?? '')
  setTrustedHeader(request, 'x-public-url', services.env.publicUrl)
  request.headers['content-security-policy'] = policy
  response.setHeader('Content-Security-Policy', policy)
  // As a header: a <meta> would come after the first requests have left with the token in `Referer`.
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('X-Robots-Tag', 'noindex, nofollow')
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
  if (services.env.publicUrl.startsWith('https:')) {
    const subdomains = services.env.hstsSubdomains ? '; includeSubDomains' : ''
    response.setHeader('Strict-Transport-Security', `max-age=31536000${subdomains}`)
  }
}

/** Headers of the partner's script: any site may load it, also with COEP and integrity, and cache it for an hour. */
export function openToPartners(response: ServerResponse): void {
  response.setHeader('Cache-Control', 'public, max-age=3600, stale-while-revalidate=86400')
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
  response.setHeader('Access-Control-Allow-Origin', '*')
}

/** Also by `/%61rray-data-upload`: Next decodes a path before it looks for the page. */
function leadsToUploadPage(pathname: string): boolean {
  let decoded = pathname
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    // Not decodable: Next will not find a page for it either.
  }
  return decoded.replace(/\/$/, '') === UPLOAD_PAGE
}

/** The path without what Next adds when it requests a page's data. */
const askedFor = (url: string) => url.replace(/([?&])_rsc=[^&]*&?/, '$1').replace(/[?&]$/, '')

function splitOnce(text: string, mark: string): [before: string, after: string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)]
}

function contentSecurityPolicy({
  nonce,
  ancestors,
  dev,
  styled,
  uploadPage,
}: {
  nonce: string
  ancestors: string[]
  dev: boolean
  styled: boolean
  uploadPage: boolean
}): string {
  return [
    `default-src 'none'`,
    // The development server evaluates code and uses a web socket; production does neither.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    // A nonce next to 'unsafe-inline' would disable the latter. The upload page has a style for where no scripts run.
    `style-src 'self'${dev ? " 'unsafe-inline'" : styled || uploadPage ? ` 'nonce-${nonce}'` : ''}`,
    ...(styled ? [`style-src-attr 'unsafe-inline'`, `frame-src 'self'`] : []),
    `img-src 'self' data:`,
    `font-src 'self'`,
    // The thread that reads a chosen file.
    `worker-src 'self'`,
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors ${ancestors.join(' ')}`,
  ].join('; ')
}
