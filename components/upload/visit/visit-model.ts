import type { Detail, FileReason, LeavingReason, Reason, ServiceReason } from '#lib/genotype/reason.ts'
import type { Policy, Vendor } from '#lib/genotype/verdict.ts'
import type { SessionView } from '#lib/sessions/wire.ts'

/** What the page shows of the chosen file. The bytes stay with the controller. */
export interface ChosenFile {
  name: string
  size: number
}

/** Reasons that end a visit for good, as far as this link is concerned. */
export type EndReason = 'link_invalid' | 'link_expired' | 'session_expired' | 'link_canceled'
/** Reasons a person can mend on the page. */
export type RefusalReason = FileReason | ServiceReason

/** Why nobody answers: no reply at all, somebody else's reply (a hotel's login page), too many requests, our own trouble. */
export const CONTACT_PROBLEMS = ['no_reply', 'foreign_reply', 'busy', 'service'] as const
export type ContactProblem = (typeof CONTACT_PROBLEMS)[number]

/** What the line is doing while bytes are sent. */
export const LINES = ['flowing', 'offline', 'stalled'] as const
export type Line = (typeof LINES)[number]

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

/** What the server last said about the session, without what the stage already holds. */
export interface SessionFacts {
  sampleId: string
  partner: {
    name: string
    supportUrl: string | null
    privacyUrl: string | null
    purpose: string | null
    rawFileDays: number | null
    deliverableDays: number | null
    brand: SessionView['partner']['brand']
  }
  policy: Policy
  locale: string | null
  leadsBack: boolean
  upload: SessionView['upload']
  lastRejection: SessionView['last_rejection']
  redirectTo: string | null
}

export interface UploadModel {
  stage: Stage
  session: SessionFacts | null
  /** Seconds of the upload window, rounded down; null while no window runs. */
  secondsLeft: number | null
  /** Counts every file that was chosen or given up; an event of an older attempt changes nothing. */
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

export const initialModel: UploadModel = {
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
export const willNotFit = ({ stage, secondsLeft }: UploadModel): boolean =>
  stage.name === 'uploading' &&
  stage.secondsNeeded !== null &&
  secondsLeft !== null &&
  stage.secondsNeeded > secondsLeft

/** True while nothing but patience is needed: bytes flow, and they will arrive in time as far as we know. */
export const flowsInTime = (model: UploadModel): boolean =>
  (model.stage.name === 'uploading' && model.stage.line === 'flowing' && !willNotFit(model)) ||
  model.stage.name === 'verifying'
