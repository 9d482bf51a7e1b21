import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { END_OF_FILE } from '#lib/analysis/array/bgzf-sink.ts'
import { CHROMOSOME_LABELS } from '#lib/genotype/chromosomes.ts'
import { listFolder } from './list-folder.ts'
import { openVariants } from './open-variants.ts'
import { PanelRefusal } from './panel-refusal.ts'
import { HeadReader, panelChromosome, type VcfHead } from './read-head.ts'
import { linesOf } from './variant-lines.ts'

export interface PanelSource {
  file: string
  name: string
  chromosome: number
  /** Columns of people. */
  samples: number
  bytes: number
}

const VARIANTS = /\.(?:vcf|vcf\.gz|vcf\.bgz|bcf)$/i

/**
 * The files of a folder that hold the wanted chromosomes, in their order. Each file holds one, by its first record,
 * whatever it is called; files of others are left out. Throws `PanelRefusal` when one is missing, there twice, cut off, or
 * of another number of people than the first.
 */
export async function findSources(folder: string, wanted: readonly number[]): Promise<PanelSource[]> {
  const found = new Map<number, PanelSource>()
  const others: string[] = []
  for (const name of (await listFolder(folder)).filter((one) => VARIANTS.test(one))) {
    const file = path.join(folder, name)
    const { contig, samples } = await inFile(name, () => beginningOf(file))
    const chromosome = panelChromosome(contig)
    if (!wanted.includes(chromosome)) {
      others.push(`${name} (${printable(contig)})`)
      continue
    }
    const other = found.get(chromosome)
    if (other) {
      throw new PanelRefusal(
        `${other.name} and ${name} both hold chromosome ${CHROMOSOME_LABELS[chromosome]}`,
      )
    }
    await inFile(name, () => demandEnd(file))
    found.set(chromosome, { file, name, chromosome, samples, bytes: (await stat(file)).size })
  }
  const missing = wanted.filter((chromosome) => !found.has(chromosome))
  if (missing.length > 0) {
    const labels = missing.map((chromosome) => CHROMOSOME_LABELS[chromosome]).join(', ')
    const hold = others.length > 0 ? `; other files and what they hold: ${others.join(', ')}` : ''
    throw new PanelRefusal(
      `there is no file of chromosome ${labels} (.vcf, .vcf.gz, .vcf.bgz or .bcf)${hold}; name those that you want with --only if that is meant`,
    )
  }
  const sources = wanted.map((chromosome) => found.get(chromosome)!)
  const [first] = sources as [PanelSource]
  const odd = sources.find(({ samples }) => samples !== first.samples)
  if (odd) throw new PanelRefusal(`${odd.name} has ${odd.samples} people, ${first.name} ${first.samples}`)
  return sources
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

const printable = (contig: string): string => contig.replace(/[^\x21-\x7e]/g, '?').slice(0, 40)

/** The contig of the first record, and how many people the file has. */
async function beginningOf(file: string): Promise<{ contig: string; samples: number }> {
  const opened = openVariants(file)
  try {
    const head = new HeadReader()
    let begun: VcfHead | undefined
    for await (const line of linesOf(opened.text)) {
      if (begun) return { contig: line.toString('latin1', 0, line.indexOf(0x09)), samples: begun.samples }
      begun = head.read(line.toString('utf8'))
    }
    throw new PanelRefusal('the file has no record')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw code.startsWith('Z_') ? new PanelRefusal('the file does not unpack') : error
  } finally {
    opened.close()
  }
}

/** Its two letters in the head of every block of a BGZF file (SAMv1 4.1), as `bgzip` and `bcftools` write it. */
const BGZF = /^\x1f\x8b\x08\x04.{8}BC/s

/**
 * Throws `PanelRefusal` for a BGZF file without its end mark: blocks end with lines, so a download that stopped between two
 * of them unpacks without a fault.
 */
async function demandEnd(file: string): Promise<void> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const read = async (length: number, position: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
      return buffer.subarray(0, bytesRead)
    }
    if (!BGZF.test((await read(14, 0)).toString('latin1'))) return
    const end = await read(END_OF_FILE.length, Math.max(0, size - END_OF_FILE.length))
    if (!end.equals(END_OF_FILE)) throw new PanelRefusal('the file is cut off: its end mark is missing')
  } finally {
    await handle.close()
  }
}
