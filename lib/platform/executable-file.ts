import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** Path of a program that this process may run: one file, without arguments, so that nothing has to be quoted. */
export const executableFile = z
  .string()
  .refine(path.isAbsolute, { error: 'is not an absolute path', abort: true })
  .refine(mayRun, 'is not a file that may be executed')

function mayRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
