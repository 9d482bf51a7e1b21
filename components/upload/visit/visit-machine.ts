import type { Detail, Reason } from '#lib/genotype/reason.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { SessionView } from '#lib/sessions/wire.ts'
import type { Line, Trouble } from '../sending/send-file.ts'
import { endReason, leftReason, refusalReason } from './reason-kinds.ts'
import type { SessionFacts } from './session-facts.ts'
import { factsOf } from './session-facts.ts'
import type { VisitAction } from './visit-action.ts'
import type { ChosenFile, ContactProblem, Stage, VisitModel } from './visit-model.ts'

/** How often a file is sent again after the server discarded what it had. */
const RESENDS_MAX = 2

/**
 * Returns the model after an action. Total: an action that makes no sense in a stage, or belongs to an earlier attempt,
 * returns the same model, so late replies and double clicks are harmless. Never decides that the time is up.
 */
export function step(model: VisitModel, action: VisitAction): VisitModel {
  if ('attempt' in action && action.attempt !== model.attempt) return model
  // Nothing undoes a received file or a redirect; anything else is a late reply.
  if (model.stage.name === 'received' || model.redirect) return model
  switch (action.type) {
    case 'session':
      return afterAnswer(model, action.view)
    case 'refused':
      return afterRefusal(model, action.reason)
    case 'no_contact':
      return afterSilence(model, action.problem, action.trouble)
    case 'time':
      return afterTime(model, action.secondsLeft)
    case 'chosen':
      return afterChoice(model, action.files)
    case 'failed':
      return isAttempting(model.stage) ? afterRefusal(model, action.reason, action.detail) : model
    case 'cancel':
      return afterCancel(model)
    default:
      return afterStep(model, action)
  }
}

type PlainAction = Exclude<
  VisitAction,
  { type: 'session' | 'refused' | 'no_contact' | 'time' | 'chosen' | 'failed' | 'cancel' }
>

/** The steps from a chosen file to a sent one, and the ways to leave. */
function afterStep(model: VisitModel, action: PlainAction): VisitModel {
  const { stage } = model
  switch (action.type) {
    case 'recognised':
      return stage.name === 'reading'
        ? withStage(model, { name: 'checked', file: stage.file, vendor: action.vendor })
        : model
    case 'digested':
      return stage.name === 'checked' ? { ...model, sha256: action.sha256 } : model
    case 'sending':
      return stage.name === 'checked'
        ? withStage(model, sendingOf(stage.file, stage.vendor, action.from))
        : model
    case 'acknowledged':
      return stage.name === 'uploading'
        ? withStage(model, {
            ...stage,
            // Only new bytes show that the connection works.
            ...(action.bytes > stage.acknowledged ? FLOWING : {}),
            acknowledged: action.bytes,
            underWay: action.bytes,
            secondsNeeded: action.secondsNeeded,
          })
        : model
    case 'under_way':
      return stage.name === 'uploading' && action.bytes !== stage.underWay
        ? withStage(model, { ...stage, underWay: Math.max(action.bytes, stage.acknowledged) })
        : model
    case 'line':
      return afterLine(model, action.line, action.trouble)
    case 'all_sent':
      return stage.name === 'uploading' ? withStage(model, verifyingOf(stage.file, stage.vendor)) : model
    case 'go_on':
      return stage.name === 'uploading' ? withStage(model, { ...stage, asked: false }) : model
    case 'send_again':
      return sentAgain(model)
    case 'start_over':
      return stage.name === 'verifying' ? givenUp(model, false) : model
    case 'no_file_yet':
      return stage.name === 'ready' || stage.name === 'rejected'
        ? withStage(model, { name: 'no_file_yet' })
        : model
    case 'back':
      return stage.name === 'no_file_yet' ? withStage(model, readyFor(model.session, false)) : model
    case 'leave':
      return canLeave(stage)
        ? { ...givenUp(model), stage: { name: 'leaving', reason: action.reason } }
        : model
    case 'left':
      return hasLeft(model)
    case 'ask_again':
      return stage.name === 'unreachable' || stage.name === 'left'
        ? withStage(model, { name: 'loading' })
        : model
  }
}

/** The model after a server reply: the end of a session always wins, and an attempt under way is left alone. */
function afterAnswer(before: VisitModel, view: SessionView): VisitModel {
  const model = { ...before, session: factsOf(view, before.session) }
  const { stage } = model
  if (view.state === 'received') return received(model, view)
  if (stage.name === 'ended') return before
  if (view.state === 'expired' || view.state === 'canceled') {
    const reason = endReason(view.reason) ?? (view.state === 'canceled' ? 'link_canceled' : 'session_expired')
    return { ...givenUp(model), stage: { name: 'ended', reason }, redirect: view.redirect_to }
  }
  if (view.state === 'verifying') {
    if (stage.name === 'verifying') return withStage(model, verifyingOf(stage.file, stage.vendor))
    if (isAttempting(stage) || stage.name === 'leaving' || stage.name === 'left') return model
    const checking = verifyingOf(null, view.vendor)
    return { ...givenUp(model), stage: checking, rejectionSeenAt: view.last_rejection?.at ?? null }
  }
  if (view.state === 'minted') return model
  if (stage.name === 'verifying') return judged(model, view)
  if (stage.name === 'loading' || stage.name === 'unreachable') return withStage(model, openedOn(view))
  if (stage.name === 'ready') return withStage(model, readyFor(model.session, stage.canceled))
  return model
}

/** The server's verdict on our own bytes: a new rejection of this digest. */
function judged(model: VisitModel, view: SessionView): VisitModel {
  const rejection = newRejection(model, view)
  if (!rejection || model.stage.name !== 'verifying') return model
  const { reason, detail } = rejection
  return withStage(model, { name: 'rejected', reason: refusalReason(reason), detail, file: model.stage.file })
}

function newRejection(model: VisitModel, view: SessionView) {
  const rejection = view.last_rejection
  const ours = rejection && (model.sha256 === null || rejection.sha256 === model.sha256)
  return ours && rejection.at !== model.rejectionSeenAt ? rejection : null
}

/**
 * What to do when the server should be checking but reports an open session: wait, ask it to settle a completion it
 * lost, send again what it discarded, or start over if the bytes are gone here too.
 */
export function afterPoll(
  model: VisitModel,
  view: SessionView,
): 'wait' | 'settle' | 'send_again' | 'start_over' {
  if (model.stage.name !== 'verifying' || view.state !== 'opened' || newRejection(model, view)) return 'wait'
  const held = view.upload
  if (held && held.offset === held.size && (model.sha256 === null || held.sha256 === model.sha256))
    return 'settle'
  return model.stage.file ? 'send_again' : 'start_over'
}

function sentAgain(model: VisitModel): VisitModel {
  const { stage } = model
  if (stage.name !== 'verifying' || !stage.file || !stage.vendor) return model
  if (model.resends >= RESENDS_MAX) return afterRefusal(model, 'internal_error')
  return { ...model, stage: sendingOf(stage.file, stage.vendor, 0), resends: model.resends + 1 }
}

/** The first reply for an open session: offer to resume, explain a rejection that happened while the page was closed, or begin. */
function openedOn(view: SessionView): Stage {
  if (view.last_rejection && !view.upload) {
    const { reason, detail } = view.last_rejection
    return { name: 'rejected', reason: refusalReason(reason), detail, file: null }
  }
  return readyFor(factsOf(view), false)
}

/** A success of this visit redirects automatically; an earlier one, or one of another tab, only offers a link. */
function received(model: VisitModel, view: SessionView): VisitModel {
  const before = !isOurs(model, view)
  const vendor = view.vendor
  const file = !before && isAttempting(model.stage) ? model.stage.file : null
  const redirect = before ? null : view.redirect_to
  return { ...givenUp(model), stage: { name: 'received', vendor, file, before }, redirect }
}

/** Whether the received file is the one that this page was sending, or saw being checked after a reload. */
function isOurs({ stage, sha256 }: VisitModel, { receipt }: SessionView): boolean {
  if (!isAttempting(stage)) return false
  if (sha256 === null) return stage.name === 'verifying'
  // A server of before this version tells no digest.
  return !receipt?.sha256 || receipt.sha256 === sha256
}

function afterRefusal(model: VisitModel, reason: Reason, detail: Detail | null = null): VisitModel {
  const ended = endReason(reason)
  if (ended) return { ...givenUp(model), stage: { name: 'ended', reason: ended } }
  if (reason === 'already_uploaded') return afterAlreadyUploaded(model)
  if (!isAttempting(model.stage)) return afterSilence(model, 'service')
  const file = model.stage.file
  const refused: Stage = { name: 'rejected', reason: refusalReason(reason), detail, file }
  return { ...model, stage: refused, attempt: model.attempt + 1 }
}

/**
 * The sample has its file: another tab's, or ours, when the answer to its last byte was lost. The next reply tells which,
 * and brings the confirmation; the form is not shown in between.
 */
function afterAlreadyUploaded(model: VisitModel): VisitModel {
  const { stage, sha256 } = model
  if (stage.name !== 'uploading') return { ...givenUp(model), stage: { name: 'loading' } }
  return { ...givenUp(model), sha256, stage: verifyingOf(stage.file, stage.vendor) }
}

/** While bytes flow, elapsed time is also subtracted from the estimate, so that the two stay comparable. */
function afterTime(model: VisitModel, secondsLeft: number | null): VisitModel {
  if (secondsLeft === model.secondsLeft) return model
  const { stage } = model
  const passed = secondsLeft === null || model.secondsLeft === null ? 0 : model.secondsLeft - secondsLeft
  if (stage.name !== 'uploading' || stage.line !== 'flowing' || stage.secondsNeeded === null || passed <= 0) {
    return { ...model, secondsLeft }
  }
  const secondsNeeded = Math.max(1, stage.secondsNeeded - passed)
  return { ...model, secondsLeft, stage: { ...stage, secondsNeeded } }
}

/** Without a reply the page stays as it is, unless it has nothing to show yet. */
function afterSilence(
  model: VisitModel,
  problem: ContactProblem,
  trouble: Trouble | null = null,
): VisitModel {
  const { stage } = model
  if (stage.name === 'loading' || stage.name === 'leaving' || stage.name === 'unreachable') {
    return withStage(model, { name: 'unreachable', problem, requestId: trouble?.requestId ?? null })
  }
  if (stage.name === 'verifying') {
    const silence = trouble ? { problem, ...trouble } : stage.silence
    return withStage(model, { ...stage, line: 'stalled', silence })
  }
  return model
}

function afterChoice(model: VisitModel, files: ChosenFile[]): VisitModel {
  const { stage } = model
  const [file] = files
  if (!file || !(stage.name === 'ready' || stage.name === 'rejected' || stage.name === 'no_file_yet'))
    return model
  const fresh = {
    ...model,
    attempt: model.attempt + 1,
    sha256: null,
    resends: 0,
    rejectionSeenAt: model.session?.lastRejection?.at ?? null,
  }
  if (files.length > 1) {
    return withStage(fresh, {
      name: 'rejected',
      reason: 'several_files',
      detail: 'several_dropped',
      file: null,
    })
  }
  return withStage(fresh, { name: 'reading', file })
}

/** Stops, or asks first once sending has begun. A second cancel confirms. */
function afterCancel(model: VisitModel): VisitModel {
  const { stage } = model
  if (!isAttempting(stage) || stage.name === 'verifying') return model
  if (stage.name === 'uploading' && !stage.asked) {
    return withStage(model, { ...stage, asked: true })
  }
  return givenUp(model)
}

/** Back to the form; later reports of the abandoned attempt are ignored. */
function givenUp(model: VisitModel, canceled = true): VisitModel {
  return { ...model, stage: readyFor(null, canceled), attempt: model.attempt + 1, sha256: null }
}

function hasLeft(model: VisitModel): VisitModel {
  if (model.stage.name !== 'leaving') return model
  const redirect = model.session?.redirectTo ?? null
  return { ...model, stage: { name: 'left', reason: leftReason(model.stage.reason) }, redirect }
}

const withStage = (model: VisitModel, stage: Stage): VisitModel => ({ ...model, stage })

const FLOWING = { line: 'flowing', trouble: null } as const

function afterLine(model: VisitModel, line: Line, trouble: Trouble | null): VisitModel {
  const { stage } = model
  if (stage.name === 'verifying') return stage.line === line ? model : withStage(model, { ...stage, line })
  if (stage.name !== 'uploading') return model
  const same = stage.line === line && stage.trouble?.cause === trouble?.cause
  return same ? model : withStage(model, { ...stage, line, trouble })
}

const sendingOf = (file: ChosenFile, vendor: Vendor, from: number): Stage => ({
  name: 'uploading',
  file,
  vendor,
  ...FLOWING,
  acknowledged: from,
  underWay: from,
  secondsNeeded: null,
  asked: false,
})

const verifyingOf = (file: ChosenFile | null, vendor: Vendor | null): Stage => ({
  name: 'verifying',
  file,
  vendor,
  line: 'flowing',
  silence: null,
})

function readyFor(session: SessionFacts | null, canceled: boolean): Stage {
  const part = session?.upload
  const resumable = part && part.offset > 0 ? { size: part.size, offset: part.offset } : null
  return { name: 'ready', resumable, canceled }
}

function isAttempting(stage: Stage): stage is Extract<Stage, { file: ChosenFile | null }> & AttemptStage {
  return (
    stage.name === 'reading' ||
    stage.name === 'checked' ||
    stage.name === 'uploading' ||
    stage.name === 'verifying'
  )
}
type AttemptStage = Extract<Stage, { name: 'reading' | 'checked' | 'uploading' | 'verifying' }>

const canLeave = ({ name }: Stage): boolean =>
  name === 'ready' ||
  name === 'no_file_yet' ||
  name === 'rejected' ||
  name === 'uploading' ||
  name === 'checked'
