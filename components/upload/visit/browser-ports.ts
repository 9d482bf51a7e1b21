import { sendFile } from '../sending/send-file.ts'
import { browserTimers } from '../sending/timers.ts'
import { sessionApi } from './session-api.ts'
import type { VisitPorts } from './visit-ports.ts'

const FILES_PATH = '/api/upload/files'

/**
 * The ports of a page in a real browser. The token is kept in memory and in the address, nowhere else. A host that
 * embeds the page can decide how it redirects.
 */
export function browserPorts(leadOn: (url: string, leaveFor: (url: string) => void) => void): VisitPorts {
  const token = new URLSearchParams(location.search).get('token') ?? ''
  const api = sessionApi({ fetch: (input, init) => fetch(input, init), now: browserTimers.now, token })
  return {
    api,
    timers: browserTimers,
    visible: () => document.visibilityState === 'visible',
    async judge(file, policy) {
      const { sniffFile } = await import('../reading/sniff-file.ts')
      return sniffFile(file, policy)
    },
    async digest(bytes) {
      const { digestFile } = await import('../reading/digest-file.ts')
      return digestFile(bytes)
    },
    send: ({ resumePath, ...job }) =>
      sendFile({
        ...job,
        token,
        endpoint: new URL(FILES_PATH, location.origin).href,
        resumeUrl: resumePath && new URL(resumePath, location.origin).href,
        timers: browserTimers,
        online: () => navigator.onLine,
      }),
    go: (url) => leadOn(url, leaveFor),
  }
}

/** Follows only http and https addresses: the server checks redirects, and the page never runs a script URL. */
function leaveFor(url: string): void {
  const { protocol } = new URL(url, location.href)
  if (protocol === 'https:' || protocol === 'http:') location.replace(url)
}

/** Fetches the code for checking and sending while the person looks for the file, so that a later network failure does not matter. */
export function preloadParts(): void {
  const ignore = () => undefined
  import('../reading/sniff-file.ts').catch(ignore)
  import('jszip').catch(ignore)
  import('tus-js-client').catch(ignore)
}
