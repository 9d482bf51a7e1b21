import type { VisitController } from '../visit/visit-controller.ts'
import { appAround, type HostWindow, windowAround } from './host-window.ts'
import type { Bridge, PageAround } from './start-bridge.ts'

/** The page's side of whoever shows it. Without anybody it does nothing and costs nothing. */
export interface HostJoint {
  /** Leads on as the host wishes; `leaveFor` is the page's own way. */
  go(url: string, leaveFor: (url: string) => void): void
  /** Tells the host about this page from now on; the answer ends it. */
  attend(controller: VisitController, page: PageAround): () => void
}

/** Everything else of the bridge is loaded only for a page that lies in a frame, was opened by a window, or by an app. */
export function joinHost(): HostJoint {
  let bridge: Promise<Bridge> | null = null
  return {
    go(url, leaveFor) {
      if (!bridge) return leaveFor(url)
      bridge.then(
        (running) => running.go(url, leaveFor),
        () => leaveFor(url),
      )
    },
    attend(controller, page) {
      if (!windowAround() && !appAround(window as HostWindow)) return () => undefined
      const starting = import('./start-bridge.ts').then(({ startBridge }) => startBridge(controller, page))
      bridge = starting
      return () => {
        starting.then(
          (running) => running.stop(),
          () => undefined,
        )
      }
    },
  }
}
