import { isKeptNumber } from './exact-json.ts'

/** Whether JSON holds objects or lists within each other on more levels than these. Looks no deeper than it must. */
export function exceedsDepth(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || isKeptNumber(value)) return false
  return levels === 0 || Object.values(value).some((inner) => exceedsDepth(inner, levels - 1))
}
