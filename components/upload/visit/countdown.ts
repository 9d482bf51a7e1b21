/** The time left in the upload window, from the server's figure and a monotonic clock. The device's date is not used. */
export interface Countdown {
  /** `askedAt` is when the request was sent, so that time in transit is never added to the time left. */
  sync(secondsRemaining: number | null, askedAt: number): void
  /** Whole seconds, never below 0; null while no window runs. At 0, ask the server, which alone decides. */
  secondsLeft(): number | null
}

export function countdown(now: () => number): Countdown {
  let endsAt: number | null = null
  return {
    sync(secondsRemaining, askedAt) {
      endsAt = secondsRemaining === null ? null : askedAt + secondsRemaining * 1000
    },
    secondsLeft: () => (endsAt === null ? null : Math.max(0, Math.floor((endsAt - now()) / 1000))),
  }
}
