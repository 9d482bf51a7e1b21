import { InvalidArgumentError } from 'commander'

/** Values of options, for commander: what they are not is said as its own words are. */

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidArgumentError('Give JSON, such as {"order":"1234"}.')
  }
}

export function parseMax(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 on.')
  return Number(text)
}
