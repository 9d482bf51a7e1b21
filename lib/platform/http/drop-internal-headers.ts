import type { IncomingMessage } from 'node:http'
// Next's own judgement, since the shape differs between its versions.
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js'

/** Headers by which Next's own scripts and servers talk to Next: navigation, prefetching, server actions, revalidation. */
const INTERNAL = /^(?:rsc|next-.+|x-(?:next|nextjs|middleware|now|invoke|matched|prerender)-.+)$/

/** Cookies of its drafts, which the service does not have: Next would answer a stray one with one that deletes it. */
const INTERNAL_COOKIE = /^\s*(?:__prerender_bypass|__next_preview_data|next-instant-[^=]*)=/

/**
 * Removes what Next would read as a request of its own, where none of its scripts asks: whatever a client sends along, it
 * gets the path's response, and not, say, a redirect to a version for Next's router.
 */
export function dropInternalHeaders({ headers }: Pick<IncomingMessage, 'headers'>): void {
  for (const name of Object.keys(headers)) if (INTERNAL.test(name)) delete headers[name]
  if (headers.cookie === undefined) return
  const kept = headers.cookie.split(';').filter((cookie) => !INTERNAL_COOKIE.test(cookie))
  headers.cookie = kept.join(';').trim()
}

/** Next fails with 500 where a file of its own does not meet one of these; without them it sends the whole file, as a server may. */
const OF_FILES = ['range', 'if-match', 'if-unmodified-since']

/** Removes them from a request for a page or one of Next's files. */
export function dropFileConditions({ headers }: Pick<IncomingMessage, 'headers'>): void {
  for (const name of OF_FILES) delete headers[name]
}

const ROUTER_STATE = 'next-router-state-tree'

/** Removes a router's state that Next cannot read, and would fail for with 500. Without it, it draws the whole page. */
export function dropUnreadableState({ headers }: Pick<IncomingMessage, 'headers'>): void {
  try {
    parseAndValidateFlightRouterState(headers[ROUTER_STATE])
  } catch {
    delete headers[ROUTER_STATE]
  }
}
