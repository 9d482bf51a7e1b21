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

/** What the bridge may touch of the page it lies in. */
export interface PageAround {
  /** The host wants the page in this language. */
  setLocale(locale: string): void
}

export interface Bridge {
  /** Leads to the partner's address as the host wishes, after the last event. Without a host in time: the page's own way. */
  go(url: string, leaveFor: (url: string) => void): Promise<void>
  stop(): void
}

/**
 * Tells the host what happens on this page and does what it may ask for. `exit` is sent exactly once and is the last
 * event; the host never gets to name a file, a consent or an address.
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

  /** Everything that has happened since the host was told last; first of all, once it is drawn, that the page is ready. */
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
    // With an address to go to, going there ends the visit.
    if (statusOf(stage) && !redirect) afterPaint(exit)
  }

  function exit(): void {
    if (events.ended()) return
    height?.flush()
    events.send('exit', exitOf(model(), lastState))
    height?.stop()
    // Nobody hears of a new height any more: the page scrolls by itself.
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
   * As if the person stopped, step by step: first what runs, where the page asks before it throws much away; then the
   * visit. A question that is up already is the person's to answer.
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

  /** True when the host says in time that it goes there itself. */
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

/** How a visit whose stage is a last one ended; null while it goes on. */
const statusOf = (stage: VisitModel['stage']): ExitStatus | null =>
  EXIT_STATUSES.find((status) => status === stateOf(stage)) ?? null

/** The end. Of a page that was asked to go while there was nothing to lose: it was left, whatever it was waiting for. */
function exitOf({ stage, session }: VisitModel, lastState: EmbedState): EmbedEvents['exit'] {
  const status = statusOf(stage)
  const reason = 'reason' in stage ? stage.reason : status ? null : 'user_canceled'
  return { status: status ?? 'left', reason, last_state: lastState, sample_id: session?.sampleId ?? null }
}

function focusHeading(): void {
  window.focus()
  document.querySelector<HTMLElement>('main h1')?.focus()
}

/** Longer than two frames take anywhere; in a hidden page there are none. */
const WITHOUT_FRAMES_MS = 250

/** Acts once, when what was just decided has been drawn. */
export function afterPaint(act: () => void): void {
  let done = false
  const once = () => {
    if (!done) act()
    done = true
  }
  setTimeout(once, WITHOUT_FRAMES_MS)
  requestAnimationFrame(() => requestAnimationFrame(once))
}
