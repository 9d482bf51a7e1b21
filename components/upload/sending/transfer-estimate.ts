/** Measurements kept: enough to smooth out one slow chunk, few enough to notice a change of network. */
const POINTS_MAX = 6
/** Chunks needed before there is an estimate. */
const CHUNKS_MIN = 1

/** Estimates how long the rest of a transfer will take, from acknowledged bytes alone. */
export interface TransferEstimate {
  /** A new connection begins at this offset: earlier measurements no longer count. */
  restart(offset: number): void
  acknowledge(offset: number): void
  /** Seconds for the rest; null until a chunk of this connection has been measured. */
  secondsNeeded(): number | null
}

export function transferEstimate(total: number, now: () => number): TransferEstimate {
  let points: { at: number; offset: number }[] = []
  return {
    restart(offset) {
      points = [{ at: now(), offset }]
    },
    acknowledge(offset) {
      points = [...points, { at: now(), offset }].slice(-POINTS_MAX)
    },
    secondsNeeded() {
      const first = points.at(0)
      const last = points.at(-1)
      if (!first || !last || points.length <= CHUNKS_MIN) return null
      const bytesPerMs = (last.offset - first.offset) / (last.at - first.at)
      return bytesPerMs > 0 ? (total - last.offset) / Math.max(bytesPerMs, Number.MIN_VALUE) / 1000 : null
    },
  }
}
