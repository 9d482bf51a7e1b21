import type { RunProgress } from '../run.ts'

/** How far an imputation has come, by the sites of its steps, and how long the rest will take at the pace so far. */
export class ProgressClock {
  private readonly sites: readonly number[]
  private readonly began = performance.now()
  private steps = 0
  /** Steps that an attempt before had made: they took no time now. */
  private found = 0
  private last = performance.now()

  constructor(sites: readonly number[]) {
    this.sites = sites
  }

  /** A step is done. One that was there already took no time worth speaking of. */
  done(cpuSeconds: number | null): void {
    const now = performance.now()
    const seconds = (now - this.last) / 1_000
    if (cpuSeconds !== null && seconds < cpuSeconds / 4) this.found = this.steps + 1
    this.last = now
    this.steps++
  }

  progress(): RunProgress {
    const count = (from: number, to: number) =>
      this.sites.slice(from, to).reduce((sum, sites) => sum + sites, 0)
    const made = count(this.found, this.steps)
    const seconds = (this.last - this.began) / 1_000
    const rest = count(this.steps, this.sites.length)
    return {
      steps: this.sites.length,
      stepsDone: this.steps,
      secondsLeft: made === 0 ? null : Math.round((rest * seconds) / made),
    }
  }
}
