/** How a program on the leash ended, and what it used, as the leash says it. */
export interface LeashReport {
  /** The exit code, or 128 and the signal, as shells count. */
  code: number
  /** It was ended because it did nothing any more. */
  stalled: boolean
  /** Processor time of the program and of the children that it waited for; null where the system does not tell. */
  cpuSeconds: number | null
  /** The most memory that the program itself held at once; null where the system does not tell. */
  peakMegabytes: number | null
}
