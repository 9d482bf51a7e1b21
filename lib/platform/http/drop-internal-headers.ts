import type { IncomingMessage } from 'node:http'

/** Headers by which Next's own scripts and servers talk to Next: navigation, prefetching, server actions, revalidation. */
const INTERNAL = /^(?:rsc|next-.+|x-(?:next|nextjs|middleware|now|invoke|matched|prerender)-.+)$/

/**
 * Removes what Next would read as a request of its own, from a request to the API: whatever a client sends along, it gets
 * the path's response, and not, say, a redirect to a version for Next's router.
 */
export function dropInternalHeaders({ headers }: Pick<IncomingMessage, 'headers'>): void {
  for (const name of Object.keys(headers)) if (INTERNAL.test(name)) delete headers[name]
}
