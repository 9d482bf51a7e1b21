import type { FileJudge } from '../reading/judge-file.ts'
import type { Sending, SendJob } from '../sending/send-file.ts'
import type { Timers } from '../sending/timers.ts'
import type { SessionApi } from './session-api.ts'

/** Everything the page needs from the outside world, so that its behaviour can be tested without a browser. */
export interface VisitPorts {
  api: SessionApi
  timers: Timers
  judge: FileJudge['judge']
  send(
    job: Pick<
      SendJob,
      'bytes' | 'sha256' | 'onAcknowledged' | 'onUnderWay' | 'onLine' | 'onSent' | 'onRefused'
    > & {
      resumePath: string | null
    },
  ): Sending
  /** Leaves the page for good: the back button does not return to it. */
  go(url: string): void
  visible(): boolean
}
