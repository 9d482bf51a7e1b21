import { SERVICE_REASONS } from '#lib/genotype/reason.ts'
import {
  type EmbedEvents,
  type EmbedEventType,
  type EmbedState,
  PROGRESS_MS_MIN,
  PROGRESS_PERCENT_MIN,
} from '#lib/sessions/embed-messages.ts'
import { WARNING_SECONDS } from '#lib/sessions/limits.ts'
import type { Stage, VisitModel } from '../visit/visit-model.ts'

/** An event without its envelope. */
export type Report = { [Type in EmbedEventType]: { type: Type; data: EmbedEvents[Type] } }[EmbedEventType]

const MEBIBYTE = 1_048_576

const STATES: Record<Exclude<Stage['name'], 'ended'>, EmbedState> = {
  loading: 'loading',
  ready: 'picking',
  no_file_yet: 'picking',
  reading: 'checking',
  checked: 'checking',
  uploading: 'sending',
  verifying: 'verifying',
  rejected: 'rejected',
  received: 'received',
  leaving: 'leaving',
  left: 'left',
  unreachable: 'unreachable',
}

/** The stage as the embed contract names it. */
export function stateOf(stage: Stage): EmbedState {
  if (stage.name !== 'ended') return STATES[stage.name]
  if (stage.reason === 'link_canceled') return 'canceled'
  return stage.reason === 'link_invalid' ? 'failed' : 'expired'
}

/**
 * Returns a function that lists the events between two models: what happened, never the file's name or content.
 * Progress is reported at most twice a second and in steps of one percent.
 */
export function changeReporter(now: () => number): (before: VisitModel, after: VisitModel) => Report[] {
  let toldAt = Number.NEGATIVE_INFINITY
  let toldPercent = 0

  function progress(stage: Extract<Stage, { name: 'uploading' }>): Report[] {
    const { acknowledged: acked, secondsNeeded } = stage
    const total = stage.file.size
    const percent = Math.floor((acked / total) * 100)
    const step = Math.abs(percent - toldPercent)
    if (step < PROGRESS_PERCENT_MIN || now() - toldAt < PROGRESS_MS_MIN) return []
    toldAt = now()
    toldPercent = percent
    const eta_s = secondsNeeded === null ? null : Math.ceil(secondsNeeded)
    return [{ type: 'upload.progress', data: { acked, total, percent, eta_s } }]
  }

  return (before, after) => {
    const [old, stage] = [before.stage, after.stage]
    const [from, to] = [stateOf(old), stateOf(stage)]
    if (stage.name === 'uploading' && old.name !== 'uploading') toldPercent = 0
    return [
      ...(from === to ? [] : [{ type: 'state', data: { from, to } } as const]),
      ...verdict(old, stage),
      ...transfer(old, after),
      ...(stage.name === 'uploading' ? progress(stage) : []),
      ...timeWarnings(before, after),
    ]
  }
}

/** The verdict on a file, or the error that prevented one. */
function verdict(old: Stage, stage: Stage): Report[] {
  if (stage === old) return []
  if (stage.name === 'checked' && old.name === 'reading') {
    const { vendor, file } = stage
    return [{ type: 'file.checked', data: { ok: true, vendor, size_bucket: bucketOf(file.size) } }]
  }
  if (stage.name === 'rejected') {
    const { reason, file } = stage
    if (isTrouble(reason)) return [{ type: 'error', data: { reason, retryable: true } }]
    const size_bucket = file && bucketOf(file.size)
    return [{ type: 'file.checked', data: { ok: false, reason, retryable: true, size_bucket } }]
  }
  if (stage.name === 'unreachable') {
    const ours = stage.problem === 'busy' || stage.problem === 'service'
    const reason = ours ? 'service_unavailable' : 'network_error'
    return [{ type: 'error', data: { reason, retryable: true } }]
  }
  return []
}

function transfer(old: Stage, { stage, session }: VisitModel): Report[] {
  if (stage.name === 'verifying') return lastCheck(old, stage, stage.file?.size ?? session?.upload?.size)
  if (stage.name !== 'uploading') return []
  const data = { acked: stage.acknowledged, total: stage.file.size }
  if (old.name !== 'uploading') return [{ type: 'upload.started', data }]
  if (stage.line === old.line && stage.trouble?.cause === old.trouble?.cause) return []
  if (stage.line === 'flowing') return [{ type: 'upload.resumed', data }]
  const cause = stage.line === 'stalled' ? 'slow' : stage.line
  return [{ type: 'upload.stalled', data: { cause, trouble: stage.trouble?.cause ?? null } }]
}

/** All bytes have arrived; what is in the way of their result. */
function lastCheck(
  old: Stage,
  stage: Extract<Stage, { name: 'verifying' }>,
  total: number | undefined,
): Report[] {
  const [before, trouble] = [old.name === 'verifying' ? old.silence : null, stage.silence]
  if (before?.cause === trouble?.cause) return []
  if (!trouble) return total ? [{ type: 'upload.resumed', data: { acked: total, total } }] : []
  const cause = trouble.cause === 'no_answer' ? 'slow' : 'blocked'
  return [{ type: 'upload.stalled', data: { cause, trouble: trouble.cause } }]
}

/** States in which the upload window no longer matters. */
const UNTIMED: readonly EmbedState[] = ['received', 'expired', 'canceled', 'failed', 'leaving', 'left']

/** One event for each of the page's own warnings, when it appears. */
function timeWarnings(
  { secondsLeft: before }: VisitModel,
  { secondsLeft: left, stage }: VisitModel,
): Report[] {
  if (left === null || UNTIMED.includes(stateOf(stage))) return []
  const due = WARNING_SECONDS.some((seconds) => left <= seconds && (before === null || before > seconds))
  return due ? [{ type: 'time.warning', data: { seconds_left: left } }] : []
}

const isTrouble = (reason: string): boolean => SERVICE_REASONS.some((service) => service === reason)

const bucketOf = (bytes: number): number => Math.ceil(bytes / MEBIBYTE)
