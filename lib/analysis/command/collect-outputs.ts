import { lstat, opendir } from 'node:fs/promises'
import path from 'node:path'
import { Problem } from '#lib/problem.ts'
import { FILE_TYPE_FORM, FILE_TYPES } from '#lib/samples/deliverable.ts'
import type { MadeFile } from '../analyzer.ts'

export const OUTPUT_FILES_MAX = 32
/** All files of one run together. */
export const OUTPUT_BYTES_MAX = 10 * 1_024 ** 3
const FILE_TYPE_CHARACTERS_MAX = 64
const EXTENSION_CHARACTERS_MAX = 24
const EXTENSION_FORM = /^[a-z0-9]+(?:\.[a-z0-9]+){0,2}$/

/**
 * What a command left in its folder for outputs, ready to be stored: regular files named `<file type>.<extension>`, of
 * types that are not ours, one of each. Throws a `Problem` for anything else, so that nothing is left out unnoticed; its
 * words never quote a name, and `explain` gets the name.
 */
export async function collectOutputs(
  folder: string,
  explain: (line: string) => void,
  { filesMax = OUTPUT_FILES_MAX, bytesMax = OUTPUT_BYTES_MAX } = {},
): Promise<MadeFile[]> {
  const refuse = (why: string, name = '') => {
    explain(`refused${name === '' ? '' : ` ${JSON.stringify(name)}`}: ${why}`)
    return new Problem('unprocessable', `analysis_command: ${why}.`)
  }
  if (!(await lstat(folder)).isDirectory()) throw refuse('the folder for outputs is none any more')
  const files = new Map<string, MadeFile>()
  let bytes = 0
  for await (const { name } of await opendir(folder)) {
    const file = { ...partsOf(name), path: path.join(folder, name) }
    const found = await lstat(file.path)
    const fault =
      faultOf(file, found.isFile()) ?? (files.has(file.fileType) ? 'two outputs have one type' : undefined)
    if (fault) throw refuse(fault, name)
    files.set(file.fileType, file)
    bytes += found.size
    if (files.size > filesMax) throw refuse(`there are more than ${filesMax} outputs`)
    if (bytes > bytesMax) throw refuse(`the outputs have more than ${bytesMax} bytes`)
  }
  // In an order that does not depend on the disk.
  return [...files.values()].sort((a, b) => (a.fileType < b.fileType ? -1 : 1))
}

/** `polygenic-score.tsv.gz` is of the type `polygenic-score`, with the extension `tsv.gz`. */
function partsOf(name: string): Pick<MadeFile, 'fileType' | 'extension'> {
  const [fileType = '', ...extensions] = name.split('.')
  return { fileType, extension: extensions.join('.') }
}

function faultOf({ fileType, extension }: MadeFile, isFile: boolean): string | undefined {
  if (!isFile) return 'an output is no regular file'
  const typeFits = FILE_TYPE_FORM.test(fileType) && fileType.length <= FILE_TYPE_CHARACTERS_MAX
  const extensionFits = EXTENSION_FORM.test(extension) && extension.length <= EXTENSION_CHARACTERS_MAX
  if (!typeFits || !extensionFits) return 'the name of an output is not <file-type>.<extension>'
  if (Object.hasOwn(FILE_TYPES, fileType)) return 'an output has a file type of Arraydrop’s own'
  return undefined
}
