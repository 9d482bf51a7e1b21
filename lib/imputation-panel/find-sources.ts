import { stat } from 'node:fs/promises'
import path from 'node:path'
import { CHROMOSOME_LABELS } from '#lib/genotype/chromosomes.ts'
import { listFolder } from './list-folder.ts'
import { openVariants } from './open-variants.ts'
import { PanelRefusal } from './panel-refusal.ts'
import { HeadReader, panelChromosome } from './read-head.ts'
import { linesOf } from './variant-lines.ts'

export interface PanelSource {
  file: string
  name: string
  chromosome: number
  bytes: number
}

const VARIANTS = /\.(?:vcf|vcf\.gz|vcf\.bgz|bcf)$/

/**
 * The files of a folder that hold the wanted chromosomes, in their order. Each file holds one, by its first record,
 * whatever it is called; files of others are left out. Throws `PanelRefusal` when one is missing, or there twice.
 */
export async function findSources(folder: string, wanted: readonly number[]): Promise<PanelSource[]> {
  const found = new Map<number, PanelSource>()
  for (const name of (await listFolder(folder)).filter((one) => VARIANTS.test(one))) {
    const file = path.join(folder, name)
    const chromosome = await inFile(name, () => chromosomeOf(file))
    if (!wanted.includes(chromosome)) continue
    const other = found.get(chromosome)
    if (other) {
      throw new PanelRefusal(
        `${other.name} and ${name} both hold chromosome ${CHROMOSOME_LABELS[chromosome]}`,
      )
    }
    found.set(chromosome, { file, name, chromosome, bytes: (await stat(file)).size })
  }
  const missing = wanted.filter((chromosome) => !found.has(chromosome))
  if (missing.length > 0) {
    const labels = missing.map((chromosome) => CHROMOSOME_LABELS[chromosome]).join(', ')
    throw new PanelRefusal(
      `there is no file of chromosome ${labels}; name those that you want with --only if that is meant`,
    )
  }
  return wanted.map((chromosome) => found.get(chromosome)!)
}

/** Put the name of a file before what is wrong with it. */
export async function inFile<T>(name: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof PanelRefusal) throw new PanelRefusal(`${name}: ${error.message}`)
    throw error
  }
}

/** 0 for one that no panel has. */
async function chromosomeOf(file: string): Promise<number> {
  const opened = openVariants(file)
  try {
    const head = new HeadReader()
    let begun = false
    for await (const line of linesOf(opened.text)) {
      if (begun) return panelChromosome(line.toString('latin1', 0, line.indexOf(0x09)))
      begun = head.read(line.toString('utf8')) !== undefined
    }
    throw new PanelRefusal('the file has no record')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw code.startsWith('Z_') ? new PanelRefusal('the file does not unpack') : error
  } finally {
    opened.close()
  }
}
