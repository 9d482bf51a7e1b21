import { loadWithin } from '../load-within.ts'
import type { Sending, SendJob } from './send-file.ts'

const RETRY_MS = 2_000

/** As `sendFile`, whose code is fetched first: nobody needs it who has not chosen a file. What fails or does not arrive is tried again. */
export function sendLate(job: SendJob, load = () => import('./send-file.ts')): Sending {
  let sending: Sending | null = null
  let over = false
  let waiting: (() => void) | null = null

  function begin(): void {
    waiting?.()
    waiting = null
    loadWithin(load, job.timers).then(
      ({ sendFile }) => {
        if (!over && !sending) sending = sendFile(job)
      },
      () => {
        if (over) return
        job.onLine(job.online() ? 'stalled' : 'offline', null)
        waiting = job.timers.after(RETRY_MS, begin)
      },
    )
  }

  function end(): void {
    over = true
    waiting?.()
  }

  begin()
  return {
    async cancel() {
      end()
      await sending?.cancel()
    },
    stop() {
      end()
      sending?.stop()
    },
    wake() {
      if (sending) sending.wake()
      else if (waiting) begin()
    },
    tryAgain() {
      if (sending) sending.tryAgain()
      else if (waiting) begin()
    },
  }
}
