import { accessSync, constants } from 'node:fs'
import path from 'node:path'

/** Where the first of these programs lies on PATH; undefined where none does. */
export function programOf(names, { PATH = '' } = process.env) {
  const directories = PATH.split(path.delimiter)
  return names
    .flatMap((name) => directories.map((directory) => path.join(directory, name)))
    .find((file) => isProgram(file))
}

export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
