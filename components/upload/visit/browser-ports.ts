import { loadWithin } from '../load-within.ts'
import type { FileJudge } from '../reading/judge-file.ts'
import { sendLate } from '../sending/send-late.ts'
import { browserTimers } from '../sending/timers.ts'
import { linkOfVisit } from '../start/early-visit.ts'
import type { SessionApi } from './session-api.ts'
import type { VisitPorts } from './visit-ports.ts'

const FILES_PATH = '/api/upload/files'

/**
 * The ports of a page in a real browser. The token comes from the link that the first script kept. A host
 * that embeds the page can decide how it redirects.
 */
export function browserPorts(
  api: SessionApi,
  leadOn: (url: string, leaveFor: (url: string) => void) => void,
  seen: () => boolean,
): VisitPorts & { preload(): void } {
  const judge = loadJudge()
  const { token } = linkOfVisit()
  return {
    api,
    timers: browserTimers,
    visible: () => document.visibilityState === 'visible' && seen(),
    judge: async (file, policy) => (await judge()).judge(file, policy),
    send: ({ resumePath, ...job }) =>
      sendLate({
        ...job,
        token,
        endpoint: new URL(FILES_PATH, location.origin).href,
        resumeUrl: resumePath && new URL(resumePath, location.origin).href,
        timers: browserTimers,
        online: () => navigator.onLine,
      }),
    go: (url) => leadOn(url, leaveFor),
    /** Fetches the code for checking and sending while the person looks for the file, so that a later network failure does not matter. */
    preload() {
      judge().then(
        (judge) => judge.prepare(),
        () => undefined,
      )
      import('../reading/judge-inline.ts').catch(() => undefined)
      import('../sending/send-file.ts').catch(() => undefined)
      import('tus-js-client').catch(() => undefined)
    },
  }
}

/** Follows only http and https addresses: the server checks redirects, and the page never runs a script URL. */
function leaveFor(url: string): void {
  const { protocol } = new URL(url, location.href)
  if (protocol === 'https:' || protocol === 'http:') location.replace(url)
}

/** One judge for the visit, fetched when it is first needed; a failure is forgotten, so that the next file tries again. */
function loadJudge(): () => Promise<FileJudge> {
  let loading: Promise<FileJudge> | null = null
  return () => {
    loading ??= loadWithin(() => import('../reading/browser-judge.ts')).then(
      ({ browserJudge }) => browserJudge(),
      (error: unknown) => {
        loading = null
        throw error
      },
    )
    return loading
  }
}
