import { sendFile } from '../sending/send-file.ts'
import { browserTimers } from '../sending/timers.ts'
import { sessionApi } from './session-api.ts'
import type { VisitPorts } from './visit-ports.ts'

const FILES_PATH = '/api/upload/files'

/**
 * The real world of a page in a browser. The token stays in memory and in the address, nowhere else. Whoever shows the
 * page has a say in how it leads on.
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

/** Only to the web: the server checks what a partner may ask for, and a page never runs what a redirect names. */
function leaveFor(url: string): void {
  const { protocol } = new URL(url, location.href)
  if (protocol === 'https:' || protocol === 'http:') location.replace(url)
}

/** What sniffing and sending need, fetched while the person looks for the file, so that a later break does no harm. */
export function preloadParts(): void {
  const ignore = () => undefined
  import('../reading/sniff-file.ts').catch(ignore)
  import('jszip').catch(ignore)
  import('tus-js-client').catch(ignore)
}
