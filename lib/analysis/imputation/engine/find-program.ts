import { stat } from 'node:fs/promises'
import path from 'node:path'
import { EngineFailure } from './engine.ts'

/**
 * The path of a program that may be named by path, or as on PATH: a spawn would look it up in its own PATH. Throws an
 * `EngineFailure` of kind `missing` that says what needs it.
 */
export async function findProgram(name: string, searchPath: string, why: string): Promise<string> {
  const places = path.isAbsolute(name)
    ? [name]
    : searchPath.split(path.delimiter).map((dir) => path.join(dir, name))
  for (const place of places) {
    const found = await stat(place).catch(() => undefined)
    if (found?.isFile()) return place
  }
  throw new EngineFailure('missing', `There is no program ${name} on PATH: ${why}`)
}
