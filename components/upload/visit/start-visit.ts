import { joinHost } from '../bridge/join-host.ts'
import { PANEL_ID } from '../start/early-visit.ts'
import { browserPorts } from './browser-ports.ts'
import type { SessionApi } from './session-api.ts'
import { visitController } from './visit-controller.ts'
import type { VisitControls } from './visit-controls.ts'
import type { VisitModel } from './visit-model.ts'
import { watchPageReturn } from './watch-page-return.ts'
import { watchSight } from './watch-sight.ts'

/** What the page draws of a visit. */
interface VisitPage {
  show(model: VisitModel): void
  /** Shows the page in the language the host asked for. */
  setLocale(locale: string): void
}

export interface Visit {
  controls: VisitControls
  /** Fetches the code for checking and sending. */
  preload(): void
  stop(): void
}

/** Starts the visit in this browser: its controller, its link to the host, and what wakes it. */
export function startVisit(api: SessionApi, { show, setLocale }: VisitPage): Visit {
  const host = joinHost()
  const sight = watchSight(document.getElementById(PANEL_ID), () => controller.woken())
  const { preload, ...ports } = browserPorts(api, host.go, sight.seen)
  const controller = visitController(ports)
  const unsubscribe = controller.subscribe(() => show(controller.model()))
  const unwatch = watchPageReturn(controller.woken)
  const detach = host.attend(controller, { setLocale })
  controller.start()
  return {
    controls: controller,
    preload,
    stop() {
      sight.stop()
      detach()
      unwatch()
      unsubscribe()
      controller.stop()
    },
  }
}
