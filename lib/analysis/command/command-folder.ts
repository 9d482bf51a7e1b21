import { constants } from 'node:fs'
import { copyFile, link, mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { AnalysisTask } from '../analyzer.ts'
import type { RunInput } from '../run.ts'

/** Where a command works: everything below the folder of its run, which goes when the run ends. */
export interface CommandFolder {
  work: string
  output: string
  notes: string
  /** Paths of what the command may read, by file type. */
  inputs: Map<string, string>
}

/**
 * Lay out a command's folder, with what the analyzers before it made under plain names. They are the command's own: it
 * may change them without changing what is stored. Files of one data set share a name, as PLINK and tabix expect it.
 */
export async function layOutCommandFolder({
  folder,
  original,
  before,
}: Pick<AnalysisTask<RunInput>, 'folder' | 'original' | 'before'>): Promise<CommandFolder> {
  const root = path.join(folder, 'command')
  const [input, work, output] = ['input', 'work', 'output'].map((name) => path.join(root, name)) as [
    string,
    string,
    string,
  ]
  for (const directory of [input, work, output]) await mkdir(directory, { recursive: true, mode: 0o700 })
  const inputs = new Map<string, string>()
  for (const { fileType, extension, path: made } of before.files) {
    // Ours are named for their kind: `genotypes-vcf`, `plink-bed`.
    const place = path.join(input, `${fileType.replace(/-[a-z]+$/, '')}.${extension}`)
    // The original is the stored one, and everything else has been stored already.
    if (made === original) await copyFile(made, place, constants.COPYFILE_FICLONE)
    else await link(made, place)
    inputs.set(fileType, place)
  }
  return { work, output, notes: path.join(root, 'notes.txt'), inputs }
}
