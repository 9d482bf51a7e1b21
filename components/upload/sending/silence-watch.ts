import type { Timers } from './timers.ts'

/** A silent line is named to the person after this long. */
const NAMED_AFTER_MS = 20_000
/** Given up between these bounds: a black hole is left soon, a slow line is not cut off in mid-chunk. */
const GIVEN_UP_AFTER_MS_MIN = 12_000
const GIVEN_UP_AFTER_MS_MAX = 120_000

/** Watches a connection that may die without telling: browsers wait for ever for an answer. */
export interface SilenceWatch {
  listen(): void
  /** Bytes left, or an answer came. */
  heard(): void
  /** The last chunk took so long: three times that much silence is still no reason to give up. */
  expect(chunkMs: number): void
  /** Nothing is under way; silence goes on counting towards being named. */
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
      // Each fruitless wait doubles the patience: it may be a slow line and no black hole.
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
      if (!cancelNamed) waitToName()
      waitToGiveUp()
    },
    heard() {
      if (named) onHeardAgain()
      named = false
      waitToName()
      waitToGiveUp()
    },
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
