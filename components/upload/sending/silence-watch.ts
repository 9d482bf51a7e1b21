import type { Timers } from './timers.ts'

/** The page reports a silent connection after this long. */
const NAMED_AFTER_MS = 20_000
/** A request is abandoned between these bounds: soon on a dead connection, never in the middle of a slow chunk. */
const GIVEN_UP_AFTER_MS_MIN = 12_000
const GIVEN_UP_AFTER_MS_MAX = 120_000

/** Watches for a connection that dies silently: browsers wait for a response for ever. */
export interface SilenceWatch {
  listen(): void
  /** Something was acknowledged. */
  heard(): void
  /** Bytes left: no reason to give up, and none to believe that they arrive. */
  moved(): void
  /** Whether the silence has been named and lasts. */
  named(): boolean
  /** The last chunk took this long; up to three times as much silence is tolerated. */
  expect(chunkMs: number): void
  /** No request is under way; silence still counts towards being reported. */
  unheard(): void
  end(): void
}

export function silenceWatch(
  timers: Timers,
  { onNamed, onHeardAgain, onGivenUp }: { onNamed(): void; onHeardAgain(): void; onGivenUp(): void },
): SilenceWatch {
  let named = false
  let patienceMs = GIVEN_UP_AFTER_MS_MIN
  let cancelNamed: (() => void) | null = null
  let cancelGivenUp: (() => void) | null = null

  function waitToGiveUp(): void {
    cancelGivenUp?.()
    cancelGivenUp = timers.after(patienceMs, () => {
      // Each timeout doubles the patience: the connection may be slow rather than dead.
      patienceMs = Math.min(patienceMs * 2, GIVEN_UP_AFTER_MS_MAX)
      onGivenUp()
    })
  }
  function waitToName(): void {
    cancelNamed?.()
    cancelNamed = timers.after(NAMED_AFTER_MS, () => {
      cancelNamed = null
      named = true
      onNamed()
    })
  }
  return {
    listen() {
      if (!cancelNamed && !named) waitToName()
      waitToGiveUp()
    },
    heard() {
      if (named) onHeardAgain()
      named = false
      waitToName()
      waitToGiveUp()
    },
    moved: waitToGiveUp,
    named: () => named,
    expect(chunkMs) {
      patienceMs = Math.min(Math.max(chunkMs * 3, GIVEN_UP_AFTER_MS_MIN), GIVEN_UP_AFTER_MS_MAX)
      waitToGiveUp()
    },
    unheard() {
      cancelGivenUp?.()
      cancelGivenUp = null
    },
    end() {
      cancelGivenUp?.()
      cancelNamed?.()
    },
  }
}
