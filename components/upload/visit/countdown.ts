/** The time left of the upload window, by the server's word and a monotonic clock. The device's date plays no part. */
export interface Countdown {
  /** `askedAt` is when the request left: time on the way is never added to what is left. */
  sync(secondsRemaining: number | null, askedAt: number): void
  /** Whole seconds, never below 0; null while no window runs. 0 means: ask the server, which alone decides. */
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
