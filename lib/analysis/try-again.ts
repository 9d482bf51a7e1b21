const BRAND = Symbol.for('arraydrop.try-again')

/** Worth another attempt of the run. When there is none left, `note` becomes the sample's, with a code in front. */
export class TryAgain extends Error {
  readonly [BRAND] = true
  readonly note: string

  constructor(note: string) {
    super(note)
    this.name = 'TryAgain'
    this.note = note
  }
}

/** What ran out of time or memory says nothing about a file: it is tried again, and in the end the fault is ours. */
export const interrupted = (end: string): TryAgain =>
  new TryAgain(`service_unavailable: the analysis ended by ${end} each time it was tried.`)

/** By brand, as a `Problem` is. */
export const isTryAgain = (thrown: unknown): thrown is TryAgain =>
  typeof thrown === 'object' && thrown !== null && BRAND in thrown
