const BRAND = Symbol.for('arraydrop.put-off')

/** The run gives its worker back, and is looked at again in `seconds`. What it did so far stays; it counts as no failure. */
export class PutOff extends Error {
  readonly [BRAND] = true
  readonly seconds: number

  constructor(seconds: number) {
    super(`Put off for ${seconds} s`)
    this.name = 'PutOff'
    this.seconds = seconds
  }
}

/** By brand, as a `Problem` is. */
export const isPutOff = (thrown: unknown): thrown is PutOff =>
  typeof thrown === 'object' && thrown !== null && BRAND in thrown
