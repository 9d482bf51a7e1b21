const BRAND = Symbol.for('arraydrop.check-interrupted')

/** A check that did not come to its end, which says nothing about the file: the machine was too slow, or out of memory. */
export class CheckInterrupted extends Error {
  readonly [BRAND] = true

  constructor(end: string) {
    super(`The check of a file ended by ${end}`)
    this.name = 'CheckInterrupted'
  }
}

/** By brand, as a `Problem` is. */
export const isCheckInterrupted = (thrown: unknown): thrown is CheckInterrupted =>
  typeof thrown === 'object' && thrown !== null && BRAND in thrown
