import { InvalidArgumentError } from 'commander'
import { parseExactly } from '#lib/wire/exact-json.ts'

/** Parsers of option values; commander prints their messages like its own. */

export function parseJson(text: string): unknown {
  try {
    return parseExactly(text)
  } catch {
    throw new InvalidArgumentError('Give JSON, such as {"order":"1234"}.')
  }
}

export function parseMax(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Give a whole number, at least 1.')
  return Number(text)
}
