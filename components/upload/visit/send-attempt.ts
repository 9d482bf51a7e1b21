import type { Detail, Reason } from '#lib/genotype/reason.ts'
import type { Sending } from '../sending/send-file.ts'
import type { VisitAction } from './visit-action.ts'
import type { VisitModel } from './visit-model.ts'
import type { VisitPorts } from './visit-ports.ts'

/** One chosen file on its way from the device to the server. */
export interface SendAttempt {
  /** Reads, checks, hashes and sends; stops silently once the attempt is no longer the current one. Never throws. */
  run(attempt: number, file: File): Promise<void>
  /** Sends the same bytes again, because the server discarded what it had. */
  sendAgain(attempt: number): void
  /** Ends the transfer and deletes what was sent. */
  cancel(): void
  /** Forgets the file; the server keeps what was sent. */
  drop(): void
  wake(): void
  /** Tries now, whatever is under way. */
  tryAgain(): void
}

interface AttemptPorts {
  ports: VisitPorts
  model(): VisitModel
  dispatch(action: VisitAction): void
  /** Asks the server for the current state; settles with or without a reply. */
  askState(): Promise<void>
}

/** Connects checking and sending a file to the machine. Holds at most one file, until the server has it. */
export function sendAttempt({ ports, model, dispatch, askState }: AttemptPorts): SendAttempt {
  let sending: Sending | null = null
  let bytes: Uint8Array | null = null

  async function run(attempt: number, file: File): Promise<void> {
    const fail = (reason: Reason, detail: Detail | null = null) =>
      dispatch({ type: 'failed', attempt, reason, detail })
    const judged = await ports.judge(file, model().session?.policy ?? 'strict').catch(() => null)
    if (attempt !== model().attempt) return
    if (!judged) return fail('network_error')
    if (!judged.verdict.ok) {
      const [fault] = judged.verdict.faults
      void ports.api.refused({ reason: fault.reason, detail: fault.detail ?? null })
      return fail(fault.reason, fault.detail ?? null)
    }
    dispatch({ type: 'recognised', attempt, vendor: judged.verdict.accepted.vendor })
    const content = await judged.content().catch(() => null)
    if (!content) return fail('network_error')
    const { sha256 } = content
    dispatch({ type: 'digested', attempt, sha256 })
    // What the server holds may have changed since it was last asked; without a reply the last known state is used.
    await askState()
    if (attempt !== model().attempt || model().stage.name !== 'checked') return
    bytes = content.bytes
    const part = partOf(sha256)
    dispatch({ type: 'sending', attempt, from: part?.offset ?? 0 })
    send(attempt, content.bytes, sha256)
  }

  /** The part of these very bytes that the server holds, if any. */
  const partOf = (sha256: string) => {
    const part = model().session?.upload
    return part?.sha256 === sha256 ? part : null
  }

  function send(attempt: number, accepted: Uint8Array, sha256: string): void {
    sending = ports.send({
      bytes: accepted,
      sha256,
      resumePath: partOf(sha256)?.path ?? null,
      onAcknowledged: (acknowledged, secondsNeeded) =>
        dispatch({ type: 'acknowledged', attempt, bytes: acknowledged, secondsNeeded }),
      onUnderWay: (underWay) => dispatch({ type: 'under_way', attempt, bytes: underWay }),
      onLine: (line, trouble) => dispatch({ type: 'line', attempt, line, trouble }),
      onSent: () => dispatch({ type: 'all_sent', attempt }),
      onRefused: (reason) => {
        dispatch({ type: 'failed', attempt, reason, detail: null })
        void askState()
      },
    })
  }

  return {
    run,
    sendAgain(attempt) {
      const { sha256 } = model()
      // Dropped with the attempt: an answer from before the sample had its file asks for them.
      if (!bytes) return
      dispatch({ type: 'send_again', attempt })
      if (sha256 && model().stage.name === 'uploading') send(attempt, bytes, sha256)
    },
    cancel() {
      const canceled = sending
      sending = null
      void canceled?.cancel()
    },
    drop() {
      sending?.stop()
      sending = null
      bytes = null
    },
    wake: () => sending?.wake(),
    tryAgain: () => sending?.tryAgain(),
  }
}
