import { loadWithin } from '../load-within.ts'
import type { VisitController } from '../visit/visit-controller.ts'
import { appAround, type HostWindow, windowAround } from './host-window.ts'
import type { Bridge, PageAround } from './start-bridge.ts'

/** The page's connection to its host. Without a host it does nothing and costs nothing. */
export interface HostJoint {
  /** Redirects the way the host requested; `leaveFor` is the page's own way, also where the bridge never arrives. */
  go(url: string, leaveFor: (url: string) => void): void
  /** Reports this page's events to the host from now on. Returns a function that stops it. */
  attend(controller: VisitController, page: PageAround): () => void
}

/** Loads the rest of the bridge only for a page in a frame, or opened by a window or an app. */
export function joinHost(): HostJoint {
  let bridge: Promise<Bridge> | null = null
  return {
    go(url, leaveFor) {
      const loading = bridge
      if (!loading) return leaveFor(url)
      loadWithin(() => loading).then(
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
