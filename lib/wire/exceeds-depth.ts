import { isKeptNumber } from './exact-json.ts'

/** Whether JSON holds objects or lists within each other on more levels than these. Looks no deeper than it must. */
export function exceedsDepth(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || isKeptNumber(value)) return false
  return levels === 0 || Object.values(value).some((inner) => exceedsDepth(inner, levels - 1))
}

/** The same of JSON as text, before it is parsed. */
export function textExceedsDepth(text: string, levels: number): boolean {
  let depth = 0
  // A string is taken as a whole, even one that does not end: what is in it opens nothing.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{}\]]/gs)) {
    if (token === '[' || token === '{') depth += 1
    else if (token === ']' || token === '}') depth -= 1
    if (depth > levels) return true
  }
  return false
}
