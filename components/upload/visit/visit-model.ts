import type { Detail, LeavingReason, Reason } from '#lib/genotype/reason.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { Line, Trouble } from '../sending/send-file.ts'
import type { EndReason, RefusalReason } from './reason-kinds.ts'
import type { SessionFacts } from './session-facts.ts'

/** What the page shows of the chosen file. The bytes stay with the controller. */
export interface ChosenFile {
  name: string
  size: number
}

/**
 * Why the server cannot be reached: no reply, a reply from something else (a hotel's login page), the link's token taken
 * away by something in between, too many requests, our own fault.
 */
export const CONTACT_PROBLEMS = ['no_reply', 'foreign_reply', 'token_removed', 'busy', 'service'] as const
export type ContactProblem = (typeof CONTACT_PROBLEMS)[number]

/** Why the server has given no answer for a while. */
export interface Silence extends Trouble {
  problem: ContactProblem
}

export type Stage =
  | { name: 'loading' }
  | { name: 'ready'; resumable: { size: number; offset: number } | null; canceled: boolean }
  | { name: 'no_file_yet' }
  | { name: 'reading'; file: ChosenFile }
  | { name: 'checked'; file: ChosenFile; vendor: Vendor }
  | {
      name: 'uploading'
      file: ChosenFile
      vendor: Vendor
      line: Line
      /** What is in the way, once nothing has been acknowledged for a while. */
      trouble: Trouble | null
      /** Bytes that the server has acknowledged. */
      acknowledged: number
      /** Bytes that have left, acknowledged or not: for the lighter part of the bar and nothing else. */
      underWay: number
      /** Estimate for the rest; null until a chunk has shown the speed. */
      secondsNeeded: number | null
      /** The person wants to stop and has been asked to confirm. */
      asked: boolean
    }
  | {
      name: 'verifying'
      file: ChosenFile | null
      vendor: Vendor | null
      line: Line
      /** What is in the way, once there has been no answer for a while. */
      silence: Silence | null
    }
  | { name: 'received'; vendor: Vendor | null; file: ChosenFile | null; before: boolean }
  | { name: 'rejected'; reason: RefusalReason; detail: Detail | null; file: ChosenFile | null }
  | { name: 'ended'; reason: EndReason }
  | { name: 'leaving'; reason: Reason }
  | { name: 'left'; reason: LeavingReason | RefusalReason }
  | { name: 'unreachable'; problem: ContactProblem; requestId: string | null }

export type StageName = Stage['name']

export interface VisitModel {
  stage: Stage
  session: SessionFacts | null
  /** Seconds of the upload window, rounded down; null while no window runs. */
  secondsLeft: number | null
  /** Counts every file chosen or abandoned; an action of an earlier attempt changes nothing. */
  attempt: number
  /** Digest of the file of this attempt, once known. */
  sha256: string | null
  /** Time of the newest rejection that is older than this attempt. */
  rejectionSeenAt: string | null
  /** How often this attempt was sent again because the server held different bytes. */
  resends: number
  /** Set once, when the page must navigate away. */
  redirect: string | null
}

export const initialModel: VisitModel = {
  stage: { name: 'loading' },
  session: null,
  secondsLeft: null,
  attempt: 0,
  sha256: null,
  rejectionSeenAt: null,
  resends: 0,
  redirect: null,
}

/** True when the remaining bytes are estimated to take longer than the time left. */
export const willNotFit = ({ stage, secondsLeft }: VisitModel): boolean =>
  stage.name === 'uploading' &&
  stage.secondsNeeded !== null &&
  secondsLeft !== null &&
  stage.secondsNeeded > secondsLeft

/** True while there is nothing to do but wait: bytes are flowing and are expected to arrive in time. */
export const flowsInTime = (model: VisitModel): boolean =>
  (model.stage.name === 'uploading' && model.stage.line === 'flowing' && !willNotFit(model)) ||
  model.stage.name === 'verifying'
