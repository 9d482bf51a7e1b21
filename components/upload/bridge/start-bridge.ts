import {
  EMBED_NAMESPACE,
  EMBED_VERSION,
  type EmbedEvents,
  type EmbedEventType,
  type EmbedState,
  EXIT_STATUSES,
  type ExitStatus,
  type HostMessage,
  REDIRECT_ACK_MS,
} from '#lib/sessions/embed-messages.ts'
import type { UploadController } from '../upload-controller.ts'
import type { UploadModel } from '../upload-model.ts'
import { colorSchemeSwitch, systemScheme } from './color-scheme.ts'
import { type HostLink, linkToHost, newNonce } from './link-to-host.ts'
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
export function startBridge(controller: UploadController, page: PageAround): Bridge {
  const report = changeReporter(() => performance.now())
  const instance = newNonce()
  const setColorScheme = colorSchemeSwitch()
  let link: HostLink | null = null
  let seq = 0
  let told: UploadModel | null = null
  let lastState: EmbedState = 'loading'
  let over = false
  let height: HeightWatch | null = null
  let acknowledged: ((handled: boolean) => void) | null = null

  const linking = linkToHost({ onLinked: linked, onMessage: obey })
  const unsubscribe = controller.subscribe(tell)
  const unwatch = watchPerson(
    () => controller.model(),
    ({ type, data }) => send(type, data),
  )

  function send<Type extends EmbedEventType>(type: Type, data: EmbedEvents[Type]): void {
    // Before `ready` a host knows nothing, so there is nothing to say; an answer is one.
    if (!link || over || (!told && type !== 'ready' && type !== 'pong')) return
    seq += 1
    const sample_id = controller.model().session?.sampleId ?? null
    link.post({
      ns: EMBED_NAMESPACE,
      v: EMBED_VERSION,
      type,
      id: `evt_${instance}_${seq}`,
      seq,
      sample_id,
      at: new Date().toISOString(),
      data,
    })
    if (type === 'exit') over = true
  }

  function linked(made: HostLink): void {
    link = made
    const { init } = made
    if (init.color_scheme) setColorScheme(init.color_scheme)
    if (init.locale) page.setLocale(init.locale)
    if (made.framed && init.redirect !== 'frame') openLinksAbove()
    if (made.framed && init.fit === 'content') document.documentElement.style.overflowY = 'hidden'
    tell()
  }

  /** Everything that has happened since the host was told last; once the page shows something, that it is ready. */
  function tell(): void {
    const model = controller.model()
    if (!link || over || model.stage.name === 'loading') return
    const before = told
    told = model
    if (before) {
      for (const { type, data } of report(before, model) as Report[]) send(type, data)
    } else sayReady(model)
    if (stateOf(model.stage) !== stateOf((before ?? model).stage)) lastState = stateOf(before!.stage)
    if (before && before.stage === model.stage) return
    if (model.stage.name === 'received') {
      const sample_id = model.session?.sampleId ?? ''
      send('upload.received', { sample_id, vendor: model.stage.vendor })
    }
    // With an address to go to, going there ends the visit.
    if (statusOf(model) && !model.redirect) afterPaint(exit)
  }

  function sayReady(model: UploadModel): void {
    const { lang } = document.documentElement
    send('ready', {
      locale: lang,
      dir: document.querySelector<HTMLElement>('[dir]')?.dir === 'rtl' ? 'rtl' : 'ltr',
      title: document.title,
      color_scheme: link?.init.color_scheme ?? systemScheme(),
      height: heightNow(),
      state: stateOf(model.stage),
      seconds_remaining: model.secondsLeft,
    })
    if (link?.framed) height = watchHeight((pixels) => send('resize', { height: pixels }), heightNow())
  }

  function exit(): void {
    const { stage, session } = controller.model()
    if (over || !link) return
    height?.flush()
    send('exit', {
      // Asked to go while there was nothing to lose: the visit was left, whatever the page was waiting for.
      status: statusOf(controller.model()) ?? 'left',
      reason: 'reason' in stage ? stage.reason : stage.name === 'received' ? null : 'user_canceled',
      last_state: lastState,
      sample_id: session?.sampleId ?? null,
    })
    height?.stop()
    // Nobody hears of a new height any more: the page scrolls by itself.
    document.documentElement.style.overflowY = ''
  }

  function obey(message: HostMessage): void {
    if (message.type === 'theme') setColorScheme(message.color_scheme)
    if (message.type === 'locale') page.setLocale(message.locale)
    if (message.type === 'focus') focusHeading()
    if (message.type === 'ping') send('pong', {})
    if (message.type === 'cancel') cancel()
    if (message.type === 'redirect_ack') acknowledged?.(message.handled)
  }

  /**
   * As if the person stopped, step by step: first what runs, where the page asks before it throws much away; then the
   * visit. A question that is up already is the person's to answer.
   */
  function cancel(): void {
    const { stage } = controller.model()
    if (stage.name === 'reading' || stage.name === 'checked' || stage.name === 'uploading') {
      if (!('asked' in stage && stage.asked)) controller.cancel()
    } else if (stage.name === 'ready' || stage.name === 'no_file_yet' || stage.name === 'rejected') {
      controller.leave()
    } else if (stage.name !== 'leaving' && !(stage.name === 'verifying' && stage.line === 'flowing')) {
      told ??= controller.model()
      exit()
    }
  }

  return {
    async go(url, leaveFor) {
      const made = await linking.inTime
      if (!made) return leaveFor(url)
      tell()
      const { redirect } = made.init
      if (redirect === 'host' && (await hostGoes(url))) return exit()
      exit()
      if (!made.framed || redirect === 'frame') return leaveFor(url)
      goAbove(url)
    },
    stop() {
      linking.stop()
      unsubscribe()
      unwatch()
      height?.stop()
      link = null
    },
  }

  /** True when the host says in time that it goes there itself. */
  async function hostGoes(url: string): Promise<boolean> {
    const { stage } = controller.model()
    const kind = stage.name === 'received' ? 'success' : stage.name === 'left' ? 'left' : 'failure'
    const answer = new Promise<boolean>((resolve) => {
      acknowledged = resolve
      setTimeout(() => resolve(false), REDIRECT_ACK_MS)
    })
    send('redirect_request', { url, kind })
    return answer
  }
}

/** How a visit whose stage is a last one ended; null while it goes on. */
const statusOf = ({ stage }: UploadModel): ExitStatus | null =>
  EXIT_STATUSES.find((status) => status === stateOf(stage)) ?? null

/** The whole window, if the browser lets a frame do that now. If not, the page shows a link to go on by. */
function goAbove(url: string): void {
  try {
    if (navigator.userActivation?.hasBeenActive !== false) window.top?.location.replace(url)
  } catch {
    // Without a tap of the person, or in a sandbox: the link remains.
  }
}

/** Links of this page lead the whole window, not the frame. (A base without an address; the policy forbids only those.) */
function openLinksAbove(): void {
  const base = document.createElement('base')
  base.target = '_top'
  document.head.append(base)
}

function focusHeading(): void {
  window.focus()
  document.querySelector<HTMLElement>('main h1')?.focus()
}

/** After the page has drawn its last stage, so that its height is told before the end; also where nothing is drawn. */
function afterPaint(act: () => void): void {
  const timer = setTimeout(act, 250)
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      clearTimeout(timer)
      act()
    }),
  )
}
