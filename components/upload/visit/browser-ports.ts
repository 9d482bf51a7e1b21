import { fileJudge, type JudgeWorker } from '../reading/judge-file.ts'
import { sendFile } from '../sending/send-file.ts'
import { browserTimers } from '../sending/timers.ts'
import { sessionApi } from './session-api.ts'
import type { VisitPorts } from './visit-ports.ts'

const FILES_PATH = '/api/upload/files'

/**
 * The ports of a page in a real browser. The token is kept in memory and in the address, nowhere else. A host that
 * embeds the page can decide how it redirects.
 */
export function browserPorts(
  leadOn: (url: string, leaveFor: (url: string) => void) => void,
  seen: () => boolean,
): VisitPorts & { preload(): void } {
  const judging = fileJudge(startJudge, async (file, policy) => {
    const { sniffFile } = await import('../reading/sniff-file.ts')
    return sniffFile(file, policy)
  })
  const token = new URLSearchParams(location.search).get('token') ?? ''
  const api = sessionApi({ fetch: (input, init) => fetch(input, init), now: browserTimers.now, token })
  return {
    api,
    timers: browserTimers,
    visible: () => document.visibilityState === 'visible' && seen(),
    judge: judging.judge,
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
    /** Fetches the code for checking and sending while the person looks for the file, so that a later network failure does not matter. */
    preload() {
      judging.prepare()
      import('../reading/sniff-file.ts').catch(() => undefined)
      import('../reading/digest-file.ts').catch(() => undefined)
      import('tus-js-client').catch(() => undefined)
    },
  }
}

/** Follows only http and https addresses: the server checks redirects, and the page never runs a script URL. */
function leaveFor(url: string): void {
  const { protocol } = new URL(url, location.href)
  if (protocol === 'https:' || protocol === 'http:') location.replace(url)
}

/** A classic worker: Firefox before 114 has no other. */
const startJudge = (): JudgeWorker => new Worker(new URL('../reading/judge-worker.ts', import.meta.url))
