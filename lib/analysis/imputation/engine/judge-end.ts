import type { LeashedEnd } from '#lib/platform/leash/run-leashed.ts'
import { EngineFailure } from './engine.ts'

/** How a shell and our leash report the end by SIGKILL: 128 and the number of the signal. */
const KILLED = 137

/** What a program's own words mean. */
export interface ProgramWords {
  name: string
  /** What could not be started when it was not, where that is more than the program itself. */
  needs?: string
  memory: RegExp
  /** Besides the exit codes of a program that could not be started. */
  missing?: RegExp
  refusals: readonly (readonly [RegExp, string])[]
}

/**
 * Throws an `EngineFailure` unless a program ended by itself with 0 and met no full disk. The message holds none of the
 * program's words: they may quote positions and alleles.
 */
export function judgeEnd(
  { name, needs = name, memory, missing, refusals }: ProgramWords,
  end: LeashedEnd,
  words: string,
) {
  if (end.how === 'timeout') throw new EngineFailure('stalled', `${name} took too long`)
  if (end.how === 'stalled') throw new EngineFailure('stalled', `${name} did nothing any more`)
  if (memory.test(words)) throw new EngineFailure('memory', `${name} ran out of memory`)
  if (/No space left on device/i.test(words)) throw new EngineFailure('disk', 'The disk is full')
  // The leash says what it ended itself.
  if (end.code === KILLED) throw new EngineFailure('killed', `${name} was killed from outside`)
  if (end.code === 126 || end.code === 127 || missing?.test(words)) {
    throw new EngineFailure('missing', `${needs} could not be started`)
  }
  if (end.code === 0) return
  const why = refusals.find(([pattern]) => pattern.test(words))?.[1] ?? 'not known why'
  throw new EngineFailure('faulty', `${name} ended with ${end.code}: ${why}`)
}
