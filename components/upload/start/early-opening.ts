import { browserTimers } from '../sending/timers.ts'
import { type SessionApi, sessionApi } from '../visit/session-api.ts'
import { linkOfVisit } from './early-visit.ts'

/**
 * The page's protocol. In a visible window of its own the session is being opened when this returns, so that the rest of
 * the script loads meanwhile: the first `open()` joins that request. A frame opens once it is seen, which is the visit's
 * own decision.
 */
export function openEarly(): SessionApi {
  const { token } = linkOfVisit()
  const api = sessionApi({ fetch: (input, init) => fetch(input, init), now: browserTimers.now, token })
  const inView = window.parent === window && document.visibilityState === 'visible'
  let opening = inView ? api.open() : null
  return {
    ...api,
    open() {
      const answer = opening ?? api.open()
      opening = null
      return answer
    },
  }
}
