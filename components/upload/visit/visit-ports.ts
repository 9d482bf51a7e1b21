import type { Policy, Sniffed, Verdict } from '#lib/genotype/verdict.ts'
import type { Sending, SendJob } from '../sending/send-file.ts'
import type { Timers } from '../sending/timers.ts'
import type { SessionApi } from './session-api.ts'

/** Everything of the outside world that the page touches, so that its whole conduct can be tested without a browser. */
export interface VisitPorts {
  api: SessionApi
  timers: Timers
  /** Reads the whole file and judges it. Rejects only when a part of the page could not be loaded for it. */
  judge(file: File, policy: Policy): Promise<{ verdict: Verdict<Sniffed>; bytes?: Uint8Array<ArrayBuffer> }>
  /** SHA-256 in hexadecimal digits. */
  digest(bytes: Uint8Array<ArrayBuffer>): Promise<string>
  send(
    job: Pick<SendJob, 'bytes' | 'sha256' | 'onAcknowledged' | 'onLine' | 'onSent' | 'onRefused'> & {
      resumePath: string | null
    },
  ): Sending
  /** Leaves the page for good: it does not come back by the back button. */
  go(url: string): void
  visible(): boolean
}
