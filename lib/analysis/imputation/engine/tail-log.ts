const CHARACTERS_MAX = 65_536

/** The end of what a program printed, in bounded memory. Never logged, never stored: it may quote genotypes. */
export class TailLog {
  private kept = ''

  add(chunk: Uint8Array): void {
    this.kept = (this.kept + Buffer.from(chunk).toString('latin1')).slice(-CHARACTERS_MAX)
  }

  text(): string {
    return this.kept
  }
}
