import type { Reason } from '#lib/genotype/reason.ts'
import type { Timers } from '../sending/timers.ts'
import type { Answer, SessionApi } from './session-api.ts'
import type { StageName, VisitModel } from './visit-model.ts'

/** Seconds between polls while the server checks: short at first, then longer (60 requests a minute is the limit). */
const POLL_SECONDS = [0.4, 0.8, 1.2, 2] as const
const POLL_SECONDS_MAX = 2.5
/** Seconds between tries while the server cannot be reached. */
const RETRY_SECONDS = [2, 4, 8, 15] as const
const RETRY_SECONDS_MAX = 30
/** An open page asks once a minute, to correct its clock and to learn what another tab or the partner did. */
const HEARTBEAT_SECONDS = 60
/** By our clock the time is up; only the server can confirm it. */
const DEADLINE_SECONDS = 2

/** A silence is named once it has lasted so long: with the waits between tries, within 20 seconds. */
const NAMED_AFTER_MS = 8_000

/** A question that comes so much later than it was planned: meanwhile the device slept. */
const SLEPT_MS = HEARTBEAT_SECONDS * 1000

const OVER: readonly StageName[] = ['received', 'ended', 'leaving', 'left']

export interface ContactLoop {
  /** Asks now, or joins a request that is already under way. Settles once it has been answered. */
  ask(what: 'open' | 'state'): Promise<void>
  leave(reason: Reason): Promise<void>
  stageChanged(before: StageName, now: StageName): void
  woken(): void
  stop(): void
}

interface ContactPorts {
  api: SessionApi
  timers: Timers
  visible(): boolean
  model(): VisitModel
  /** True when a POST is needed, to make the server finish what its own crash left half done. */
  settling(): boolean
  /** `lasts`: the server has given no answer for a while, this one included. */
  onAnswer(answer: Answer, lasts: boolean): void
}

/** Decides when to ask the server: at most one request at a time, and only a visible page opens the link. */
export function contactLoop({ api, timers, visible, model, settling, onAnswer }: ContactPorts): ContactLoop {
  let underWay: Promise<void> | null = null
  let cancelNext: (() => void) | null = null
  let polls = 0
  let silences = 0
  let silentSince: number | null = null
  /** When the next question is due. */
  let dueAt = timers.now()
  let stopped = false

  async function put(question: () => Promise<Answer>): Promise<void> {
    cancelNext?.()
    const askedAt = timers.now()
    // Nobody was silent while nobody asked.
    if (askedAt - dueAt > SLEPT_MS) silentSince = null
    const answer = await question()
    dueAt = timers.now()
    underWay = null
    if (stopped) return
    silences = answer.kind === 'silent' ? silences + 1 : 0
    silentSince = answer.kind === 'silent' && visible() ? (silentSince ?? askedAt) : null
    onAnswer(answer, silentSince !== null && timers.now() - silentSince >= NAMED_AFTER_MS)
    plan(answer.kind === 'silent' ? answer.retryAfterSeconds : null)
  }

  function ask(what: 'open' | 'state'): Promise<void> {
    if (underWay) return underWay
    if (what === 'open' && !visible()) return Promise.resolve()
    underWay = put(what === 'open' ? api.open : api.state)
    return underWay
  }

  /** Schedules the next request according to the current stage. At most one is scheduled. */
  function plan(retryAfterSeconds: number | null): void {
    cancelNext?.()
    cancelNext = null
    const { name } = model().stage
    if (stopped || underWay || OVER.includes(name)) return
    const seconds = retryAfterSeconds ?? secondsUntilNext(name)
    dueAt = timers.now() + seconds * 1000
    cancelNext = timers.after(seconds * 1000, () => void (visible() ? ask(question()) : askUnseen()))
  }

  /**
   * A page that nobody sees waits, except for the result of the last check: its host may be waiting for it, too. Nobody
   * is silent while nobody asks, or where nobody would see it named.
   */
  function askUnseen(): void {
    silentSince = null
    // A completion that the server lost is settled by opening again, which only a visible page does.
    if (model().stage.name === 'verifying' && !settling()) void ask('state')
    else plan(HEARTBEAT_SECONDS)
  }

  function secondsUntilNext(name: StageName): number {
    if (silences > 0) return RETRY_SECONDS[silences - 1] ?? RETRY_SECONDS_MAX
    if (name === 'verifying') {
      polls += 1
      return POLL_SECONDS[polls - 1] ?? POLL_SECONDS_MAX
    }
    return model().secondsLeft === 0 ? DEADLINE_SECONDS : HEARTBEAT_SECONDS
  }

  function question(): 'open' | 'state' {
    const { name } = model().stage
    return name === 'loading' || name === 'unreachable' || settling() ? 'open' : 'state'
  }

  return {
    ask,
    async leave(reason) {
      await underWay
      underWay = put(() => api.leave(reason))
      await underWay
    },
    stageChanged(before, now) {
      if (before === now) return
      if (now === 'verifying') polls = 0
      if (now === 'loading') void ask('open')
      else plan(null)
    },
    woken() {
      if (!OVER.includes(model().stage.name)) void ask(question())
    },
    stop() {
      stopped = true
      cancelNext?.()
    },
  }
}
