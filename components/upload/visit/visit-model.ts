import type { Detail, LeavingReason, Reason } from '#lib/genotype/reason.ts'
import type { Vendor } from '#lib/genotype/verdict.ts'
import type { Line } from '../sending/send-file.ts'
import type { EndReason, RefusalReason } from './reason-kinds.ts'
import type { SessionFacts } from './session-facts.ts'

/** What the page shows of the chosen file. The bytes stay with the controller. */
export interface ChosenFile {
  name: string
  size: number
}

/** Why nobody answers: no reply at all, somebody else's reply (a hotel's login page), too many requests, our own trouble. */
export const CONTACT_PROBLEMS = ['no_reply', 'foreign_reply', 'busy', 'service'] as const
export type ContactProblem = (typeof CONTACT_PROBLEMS)[number]

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
      /** Bytes that the server said it has. */
      acknowledged: number
      /** Estimate for the rest; null until two chunks have told the speed. */
      secondsNeeded: number | null
      /** The person wants to stop with more than half of it sent, and was asked whether they are sure. */
      asked: boolean
    }
  | { name: 'verifying'; file: ChosenFile | null; vendor: Vendor | null; line: Line }
  | { name: 'received'; vendor: Vendor | null; before: boolean }
  | { name: 'rejected'; reason: RefusalReason; detail: Detail | null; file: ChosenFile | null }
  | { name: 'ended'; reason: EndReason }
  | { name: 'leaving'; reason: Reason }
  | { name: 'left'; reason: LeavingReason | RefusalReason }
  | { name: 'unreachable'; problem: ContactProblem }

export type StageName = Stage['name']

export interface VisitModel {
  stage: Stage
  session: SessionFacts | null
  /** Seconds of the upload window, rounded down; null while no window runs. */
  secondsLeft: number | null
  /** Counts every file that was chosen or given up; an action of an older attempt changes nothing. */
  attempt: number
  /** Digest of the file of this attempt, once known. */
  sha256: string | null
  /** Time of the newest rejection that is older than this attempt. */
  rejectionSeenAt: string | null
  /** Times this attempt was sent again because the server held other bytes than we sent. */
  resends: number
  /** Set once, when the page has to go elsewhere. */
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

/** True when the bytes left will take longer than the window has left, as far as two chunks can tell. */
export const willNotFit = ({ stage, secondsLeft }: VisitModel): boolean =>
  stage.name === 'uploading' &&
  stage.secondsNeeded !== null &&
  secondsLeft !== null &&
  stage.secondsNeeded > secondsLeft

/** True while nothing but patience is needed: bytes flow, and they will arrive in time as far as we know. */
export const flowsInTime = (model: VisitModel): boolean =>
  (model.stage.name === 'uploading' && model.stage.line === 'flowing' && !willNotFit(model)) ||
  model.stage.name === 'verifying'
