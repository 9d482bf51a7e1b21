import type { Detail, Reason } from '#lib/genotype/reason.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { SessionView } from '#lib/sessions/wire.ts'
import type { Line, Trouble } from '../sending/send-file.ts'
import type { ChosenFile, ContactProblem } from './visit-model.ts'

/** Everything that can change the model: a person acts, the server replies, the transfer progresses, time passes. */
export type VisitAction =
  /** A reply from the server, whatever was asked. */
  | { type: 'session'; view: SessionView }
  /** The server refused a request about the session itself. */
  | { type: 'refused'; reason: Reason }
  /** The trouble comes once the silence lasts. */
  | { type: 'no_contact'; problem: ContactProblem; trouble: Trouble | null }
  | { type: 'ask_again' }
  | { type: 'chosen'; files: ChosenFile[] }
  | { type: 'recognised'; attempt: number; vendor: Vendor }
  | { type: 'digested'; attempt: number; sha256: string }
  /** `from`: the offset at which an unfinished part is resumed, else 0. */
  | { type: 'sending'; attempt: number; from: number }
  | { type: 'acknowledged'; attempt: number; bytes: number; secondsNeeded: number | null }
  | { type: 'under_way'; attempt: number; bytes: number }
  | { type: 'line'; attempt: number; line: Line; trouble: Trouble | null }
  | { type: 'all_sent'; attempt: number }
  | { type: 'send_again'; attempt: number }
  | { type: 'start_over'; attempt: number }
  | { type: 'failed'; attempt: number; reason: Reason; detail: Detail | null }
  | { type: 'cancel' }
  /** Asked whether to stop, the person chose to continue. */
  | { type: 'go_on' }
  | { type: 'no_file_yet' }
  | { type: 'back' }
  | { type: 'leave'; reason: Reason }
  | { type: 'left' }
  | { type: 'time'; secondsLeft: number | null }
