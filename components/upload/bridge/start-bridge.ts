import {
  type ColorScheme,
  type EmbedEvents,
  type EmbedState,
  EXIT_STATUSES,
  type ExitStatus,
  type HostMessage,
  REDIRECT_ACK_MS,
} from '#lib/sessions/embed-messages.ts'
import type { VisitController } from '../visit/visit-controller.ts'
import type { VisitModel } from '../visit/visit-model.ts'
import { colorSchemeSwitch, systemScheme } from './color-scheme.ts'
import { eventSender } from './event-sender.ts'
import { openLinksInTopWindow, replaceTopWindow } from './host-window.ts'
import { type HostLink, linkToHost } from './link-to-host.ts'
import { changeReporter, type Report, stateOf } from './report-changes.ts'
import { type HeightWatch, heightNow, watchHeight } from './watch-height.ts'
import { watchPerson } from './watch-person.ts'

/** What the bridge may change on the page. */
export interface PageAround {
  /** Shows the page in the language the host asked for. */
  setLocale(locale: string): void
}

export interface Bridge {
  /** Redirects to the partner after the last event, the way the host requested; without a host in time, the page's own way. */
  go(url: string, leaveFor: (url: string) => void): Promise<void>
  stop(): void
}

/**
 * Reports to the host what happens on this page and carries out its permitted requests. `exit` is sent exactly once and
 * is the last event; a host can never supply a file, a consent or an address.
 */
export function startBridge(controller: VisitController, page: PageAround): Bridge {
  const { model } = controller
  const report = changeReporter(() => performance.now())
  const events = eventSender(() => model().session?.sampleId ?? null)
  const tellReport = ({ type, data }: Report) => events.send(type, data)
  const setColorScheme = colorSchemeSwitch()
  let link: HostLink | null = null
  let told: VisitModel | null = null
  let lastState: EmbedState = 'loading'
  let height: HeightWatch | null = null
  let acknowledged: ((handled: boolean) => void) | null = null

  const linking = linkToHost({ onLinked: linked, onMessage: obey })
  const unsubscribe = controller.subscribe(tell)
  const unwatch = watchPerson(model, tellReport)

  function linked(made: HostLink): void {
    link = made
    const { init, framed } = made
    events.to(made.post)
    if (init.color_scheme) setColorScheme(init.color_scheme)
    if (init.locale) page.setLocale(init.locale)
    if (framed && init.redirect !== 'frame') openLinksInTopWindow()
    if (framed && init.fit === 'content') document.documentElement.style.overflowY = 'hidden'
    tell()
  }

  /** Reports everything that has happened since the last report. The first is `ready`, once the page is drawn. */
  function tell(): void {
    const now = model()
    if (!link || now.stage.name === 'loading') return
    if (!told) {
      afterPaint(sayReady)
      return
    }
    const before = told
    told = now
    for (const each of report(before, now)) tellReport(each)
    if (stateOf(now.stage) !== stateOf(before.stage)) lastState = stateOf(before.stage)
    if (now.stage !== before.stage) tellEnd(now)
  }

  function sayReady(): void {
    if (told || !link) return
    told = model()
    events.send('ready', readyOf(told, link.init.color_scheme))
    if (link.framed) height = watchHeight((pixels) => events.send('resize', { height: pixels }), heightNow())
    tellEnd(told)
  }

  function tellEnd({ stage, session, redirect }: VisitModel): void {
    if (stage.name === 'received') {
      events.send('upload.received', { sample_id: session?.sampleId ?? '', vendor: stage.vendor })
    }
    // With a redirect, following it ends the visit.
    if (statusOf(stage) && !redirect) afterPaint(exit)
  }

  function exit(): void {
    if (events.ended()) return
    height?.flush()
    events.send('exit', exitOf(model(), lastState))
    height?.stop()
    // The host no longer receives heights, so the page scrolls itself.
    document.documentElement.style.overflowY = ''
  }

  function obey(message: HostMessage): void {
    if (message.type === 'theme') setColorScheme(message.color_scheme)
    if (message.type === 'locale') page.setLocale(message.locale)
    if (message.type === 'focus') focusHeading()
    if (message.type === 'ping') events.send('pong', {})
    if (message.type === 'cancel') cancel()
    if (message.type === 'redirect_ack') acknowledged?.(message.handled)
  }

  /**
   * Cancels one step at a time, as a person would: first the transfer, where the page asks before it discards much; then
   * the visit. If the page is already asking, only the person can answer.
   */
  function cancel(): void {
    const { stage } = model()
    if (stage.name === 'reading' || stage.name === 'checked' || stage.name === 'uploading') {
      if (!('asked' in stage && stage.asked)) controller.cancel()
    } else if (stage.name === 'ready' || stage.name === 'no_file_yet' || stage.name === 'rejected') {
      controller.leave()
    } else if (stage.name !== 'leaving' && !(stage.name === 'verifying' && stage.line === 'flowing')) {
      sayReady()
      exit()
    }
  }

  /** True when the host confirms in time that it redirects itself. */
  async function hostGoes(url: string): Promise<boolean> {
    const { stage } = model()
    const kind = stage.name === 'received' ? 'success' : stage.name === 'left' ? 'left' : 'failure'
    const answer = new Promise<boolean>((resolve) => {
      acknowledged = resolve
      setTimeout(() => resolve(false), REDIRECT_ACK_MS)
    })
    events.send('redirect_request', { url, kind })
    return answer
  }

  return {
    async go(url, leaveFor) {
      const made = await linking.inTime
      if (!made) return leaveFor(url)
      sayReady()
      const { redirect } = made.init
      if (redirect === 'host' && (await hostGoes(url))) return exit()
      exit()
      if (made.framed && redirect !== 'frame') replaceTopWindow(url)
      else leaveFor(url)
    },
    stop() {
      linking.stop()
      unsubscribe()
      unwatch()
      height?.stop()
      link = null
    },
  }
}

const readyOf = ({ stage, secondsLeft }: VisitModel, scheme: ColorScheme | null): EmbedEvents['ready'] => ({
  locale: document.documentElement.lang,
  dir: document.querySelector<HTMLElement>('[dir]')?.dir === 'rtl' ? 'rtl' : 'ltr',
  title: document.title,
  color_scheme: scheme ?? systemScheme(),
  height: heightNow(),
  state: stateOf(stage),
  seconds_remaining: secondsLeft,
})

/** How the visit ended; null while it continues. */
const statusOf = (stage: VisitModel['stage']): ExitStatus | null =>
  EXIT_STATUSES.find((status) => status === stateOf(stage)) ?? null

/** The data of `exit`. A page that the host closed while it was waiting counts as left. */
function exitOf({ stage, session }: VisitModel, lastState: EmbedState): EmbedEvents['exit'] {
  const status = statusOf(stage)
  const reason = 'reason' in stage ? stage.reason : status ? null : 'user_canceled'
  return { status: status ?? 'left', reason, last_state: lastState, sample_id: session?.sampleId ?? null }
}

function focusHeading(): void {
  window.focus()
  document.querySelector<HTMLElement>('main h1')?.focus()
}

/** Longer than two frames take on any device; a hidden page has no frames. */
const WITHOUT_FRAMES_MS = 250

/** Calls `act` once, after the current state has been drawn. */
export function afterPaint(act: () => void): void {
  let done = false
  const once = () => {
    if (!done) act()
    done = true
  }
  setTimeout(once, WITHOUT_FRAMES_MS)
  requestAnimationFrame(() => requestAnimationFrame(once))
}
