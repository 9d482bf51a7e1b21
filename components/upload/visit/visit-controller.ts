import { FILE_REASONS, type Reason } from '#lib/genotype/reason.ts'
import { contactLoop } from './contact-loop.ts'
import { countdown } from './countdown.ts'
import { sendAttempt } from './send-attempt.ts'
import { troubleReporter } from './trouble-reporter.ts'
import type { VisitAction } from './visit-action.ts'
import type { VisitControls } from './visit-controls.ts'
import { afterPoll, step } from './visit-machine.ts'
import { initialModel, type VisitModel } from './visit-model.ts'
import type { VisitPorts } from './visit-ports.ts'

export interface VisitController extends VisitControls {
  model(): VisitModel
  subscribe(listener: () => void): () => void
  start(): void
  /** Call when the page becomes visible, comes back from the history, or is online again. */
  woken(): void
  stop(): void
}

/**
 * True when a file was refused just now and its project wants everybody back at once. A refusal that the page only reports,
 * after a reload, keeps nobody from trying again.
 */
function leavesAtOnce({ stage: before }: VisitModel, { stage, session }: VisitModel): boolean {
  if (stage.name !== 'rejected' || before === stage) return false
  if (before.name === 'loading' || before.name === 'unreachable') return false
  const isOfTheFile = FILE_REASONS.some((reason) => reason === stage.reason)
  return isOfTheFile && session?.failureRedirect === 'immediate' && session.leadsBack
}

/** Connects the machine to the outside world: asks the server, reads, sends and leaves as each stage requires. */
export function visitController(ports: VisitPorts): VisitController {
  const { timers } = ports
  const clock = countdown(timers.now)
  const listeners = new Set<() => void>()
  let model = initialModel
  let settling = false
  let stopTicking: (() => void) | null = null

  function dispatch(action: VisitAction): void {
    const before = model
    model = step(before, action)
    if (model === before) return
    if (model.attempt !== before.attempt) transfer.drop()
    for (const listener of listeners) listener()
    troubles.changed(model.stage)
    if (model.redirect && model.redirect !== before.redirect) ports.go(model.redirect)
    contact.stageChanged(before.stage.name, model.stage.name)
    if (leavesAtOnce(before, model)) void leave()
  }

  const troubles = troubleReporter(ports.api)
  let chosen: File | null = null

  const contact = contactLoop({
    api: ports.api,
    timers,
    visible: ports.visible,
    model: () => model,
    settling: () => settling,
    onAnswer(answer, lasts) {
      if (answer.kind === 'refused') return dispatch({ type: 'refused', reason: answer.reason })
      if (answer.kind === 'silent') {
        const { problem, trouble } = answer
        return dispatch({ type: 'no_contact', problem, trouble: lasts ? trouble : null })
      }
      const { view, askedAt } = answer
      const open = view.state === 'opened' || view.state === 'verifying'
      clock.sync(open ? view.seconds_remaining : null, askedAt)
      dispatch({ type: 'session', view })
      dispatch({ type: 'time', secondsLeft: clock.secondsLeft() })
      const { attempt } = model
      const next = afterPoll(model, view)
      if (next === 'start_over') dispatch({ type: 'start_over', attempt })
      if (next === 'send_again') transfer.sendAgain(attempt)
      settling = next === 'settle'
    },
  })

  const transfer = sendAttempt({
    ports,
    model: () => model,
    dispatch,
    askState: () => contact.ask('state'),
  })

  function tick(): void {
    const secondsLeft = clock.secondsLeft()
    const justOver = secondsLeft === 0 && model.secondsLeft !== 0
    dispatch({ type: 'time', secondsLeft })
    if (justOver) contact.woken()
    stopTicking = timers.after(1000, tick)
  }

  async function leave(reason?: Reason): Promise<void> {
    const own = model.stage.name === 'rejected' ? model.stage.reason : 'user_canceled'
    dispatch({ type: 'leave', reason: reason ?? own })
    if (model.stage.name !== 'leaving') return
    await contact.leave(model.stage.reason)
    dispatch({ type: 'left' })
  }

  function choose(files: File[]): void {
    const before = model.attempt
    const action: VisitAction = { type: 'chosen', files: files.map(({ name, size }) => ({ name, size })) }
    const { stage, attempt } = step(model, action)
    // Reported first: a refusal may be where the page leaves at once.
    if (attempt !== before && stage.name === 'rejected') {
      void ports.api.refused({ reason: 'several_files', detail: 'several_dropped' })
    }
    dispatch(action)
    const [file] = files
    if (!file || model.attempt === before || model.stage.name !== 'reading') return
    chosen = file
    void transfer.run(model.attempt, file)
  }

  return {
    model: () => model,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start() {
      contact.ask('open')
      tick()
    },
    woken() {
      transfer.wake()
      contact.woken()
    },
    stop() {
      stopTicking?.()
      contact.stop()
      transfer.drop()
    },
    choose,
    tryAgain() {
      if (model.stage.name === 'uploading') transfer.tryAgain()
      else if (model.stage.name === 'verifying') contact.woken()
      else if (model.stage.name === 'rejected' && chosen) choose([chosen])
    },
    cancel() {
      const stops = step(model, { type: 'cancel' }).attempt !== model.attempt
      if (stops) transfer.cancel()
      dispatch({ type: 'cancel' })
    },
    goOn: () => dispatch({ type: 'go_on' }),
    noFileYet: () => dispatch({ type: 'no_file_yet' }),
    back: () => dispatch({ type: 'back' }),
    leave: (reason) => void leave(reason),
    askAgain() {
      dispatch({ type: 'ask_again' })
      contact.ask('open')
    },
  }
}
