import type { Detail, Reason } from '#lib/genotype/reason.ts'
import { contactLoop } from './contact-loop.ts'
import { countdown } from './countdown.ts'
import type { Sending } from './send-file.ts'
import type { UploadEvent } from './upload-event.ts'
import { afterPoll, step } from './upload-machine.ts'
import { initialModel, type UploadModel } from './upload-model.ts'
import type { UploadPorts } from './upload-ports.ts'

/** What a person, or the page around them, can do. */
export interface UploadActions {
  choose(files: File[]): void
  cancel(): void
  noFileYet(): void
  back(): void
  /** Ends the visit with this reason; without one, with the reason of the rejection in view or `user_canceled`. */
  leave(reason?: Reason): void
  askAgain(): void
}

export interface UploadController extends UploadActions {
  model(): UploadModel
  subscribe(listener: () => void): () => void
  start(): void
  /** The page became visible, came back from the history, or is online again. */
  woken(): void
  stop(): void
}

/** Joins the machine to the outside world: asks the server, reads, sends and leaves as the stages demand. */
export function uploadController(ports: UploadPorts): UploadController {
  const { timers } = ports
  const clock = countdown(timers.now)
  const listeners = new Set<() => void>()
  let model = initialModel
  let sending: Sending | null = null
  /** The accepted bytes of this attempt, kept until the server has them. */
  let bytes: Uint8Array | null = null
  let settling = false
  let stopTicking: (() => void) | null = null

  function dispatch(event: UploadEvent): void {
    const before = model
    model = step(before, event)
    if (model === before) return
    if (model.attempt !== before.attempt) dropAttempt()
    for (const listener of listeners) listener()
    if (model.redirect && model.redirect !== before.redirect) ports.go(model.redirect)
    contact.stageChanged(before.stage.name, model.stage.name)
  }

  function dropAttempt(): void {
    sending?.stop()
    sending = null
    bytes = null
  }

  const contact = contactLoop({
    api: ports.api,
    timers,
    visible: ports.visible,
    model: () => model,
    settling: () => settling,
    onAnswer(answer) {
      if (answer.kind === 'refused') return dispatch({ type: 'refused', reason: answer.reason })
      if (answer.kind === 'silent') return dispatch({ type: 'no_contact', problem: answer.problem })
      const { view, askedAt } = answer
      const open = view.state === 'opened' || view.state === 'verifying'
      clock.sync(open ? view.seconds_remaining : null, askedAt)
      dispatch({ type: 'session', view })
      dispatch({ type: 'time', secondsLeft: clock.secondsLeft() })
      const { attempt } = model
      const next = afterPoll(model, view)
      if (next === 'start_over') dispatch({ type: 'start_over', attempt })
      if (next === 'send_again') sendAgain(attempt)
      settling = next === 'settle'
    },
  })

  function tick(): void {
    const secondsLeft = clock.secondsLeft()
    const justOver = secondsLeft === 0 && model.secondsLeft !== 0
    dispatch({ type: 'time', secondsLeft })
    if (justOver) contact.woken()
    stopTicking = timers.after(1000, tick)
  }

  async function attemptFile(attempt: number, file: File): Promise<void> {
    const fail = (reason: Reason, detail: Detail | null = null) =>
      dispatch({ type: 'failed', attempt, reason, detail })
    const judged = await ports.judge(file, model.session?.policy ?? 'strict').catch(() => null)
    if (attempt !== model.attempt) return
    if (!judged) return fail('network_error')
    if (!judged.verdict.ok) {
      const [fault] = judged.verdict.faults
      return fail(fault.reason, fault.detail ?? null)
    }
    dispatch({ type: 'recognised', attempt, vendor: judged.verdict.accepted.vendor })
    const sha256 = judged.bytes && (await ports.digest(judged.bytes).catch(() => null))
    if (!judged.bytes || !sha256) return fail('internal_error')
    dispatch({ type: 'digested', attempt, sha256 })
    // What the server holds may have changed since it was last asked; without an answer the old knowledge serves.
    await contact.ask('state')
    if (attempt !== model.attempt || model.stage.name !== 'checked') return
    bytes = judged.bytes
    dispatch({ type: 'sending', attempt })
    send(attempt, judged.bytes, sha256)
  }

  function send(attempt: number, accepted: Uint8Array, sha256: string): void {
    const part = model.session?.upload
    sending = ports.send({
      bytes: accepted,
      sha256,
      resumePath: part?.sha256 === sha256 ? part.path : null,
      onAcknowledged: (acknowledged, secondsNeeded) =>
        dispatch({ type: 'acknowledged', attempt, bytes: acknowledged, secondsNeeded }),
      onLine: (line) => dispatch({ type: 'line', attempt, line }),
      onSent: () => dispatch({ type: 'all_sent', attempt }),
      onRefused: (reason) => {
        dispatch({ type: 'failed', attempt, reason, detail: null })
        contact.ask('state')
      },
    })
  }

  function sendAgain(attempt: number): void {
    const { sha256 } = model
    dispatch({ type: 'send_again', attempt })
    if (bytes && sha256 && model.stage.name === 'uploading') send(attempt, bytes, sha256)
  }

  async function leave(reason?: Reason): Promise<void> {
    const own = model.stage.name === 'rejected' ? model.stage.reason : 'user_canceled'
    dispatch({ type: 'leave', reason: reason ?? own })
    if (model.stage.name !== 'leaving') return
    await contact.leave(model.stage.reason)
    dispatch({ type: 'left' })
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
      sending?.wake()
      contact.woken()
    },
    stop() {
      stopTicking?.()
      contact.stop()
      dropAttempt()
    },
    choose(files) {
      const before = model.attempt
      dispatch({ type: 'chosen', files: files.map(({ name, size }) => ({ name, size })) })
      const [file] = files
      if (file && model.attempt !== before && model.stage.name === 'reading') {
        void attemptFile(model.attempt, file)
      }
    },
    cancel() {
      const sent = sending
      sending = null
      void sent?.cancel()
      dispatch({ type: 'cancel' })
    },
    noFileYet: () => dispatch({ type: 'no_file_yet' }),
    back: () => dispatch({ type: 'back' }),
    leave: (reason) => void leave(reason),
    askAgain() {
      dispatch({ type: 'ask_again' })
      contact.ask('open')
    },
  }
}
