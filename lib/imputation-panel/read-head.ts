import { CHROMOSOME_LABELS, CHROMOSOME_LENGTHS } from '#lib/genotype/chromosomes.ts'
import type { Build } from '#lib/genotype/verdict.ts'
import { PanelRefusal } from './panel-refusal.ts'

/** What the header of a VCF says of what follows. */
export interface VcfHead {
  /** Columns of people. */
  samples: number
  /** Lengths of contigs by their names without `chr`. */
  contigLengths: ReadonlyMap<string, number>
}

/** The name of a chromosome without `chr`, as all our files have it. */
export const plainContig = (name: string): string => name.replace(/^chr/i, '').toUpperCase()

/** PLINK's code of a chromosome that a panel may have: 1 to 22, and 23 for X; 0 for any other. */
export function panelChromosome(name: string): number {
  const code = (CHROMOSOME_LABELS as readonly string[]).indexOf(plainContig(name))
  return code >= 1 && code <= 23 ? code : 0
}

/** Reads the header lines of a VCF one by one, up to the line of columns. */
export class HeadReader {
  private readonly contigLengths = new Map<string, number>()
  private first = true

  /** What the header says, once its last line was read. Throws `PanelRefusal` for what is no VCF of genotypes. */
  read(line: string): VcfHead | undefined {
    if (this.first && !line.startsWith('##fileformat=VCFv4')) throw new PanelRefusal('the file is no VCF')
    this.first = false
    const contig = /^##contig=<ID=([^,>]+),.*\blength=(\d+)/.exec(line)
    if (contig) this.contigLengths.set(plainContig(contig[1]!), Number(contig[2]))
    if (line.startsWith('##')) return undefined
    const columns = line.split('\t')
    if (columns[0] !== '#CHROM' || columns[8] !== 'FORMAT' || columns.length < 11) {
      throw new PanelRefusal('the file has no genotypes of at least two people')
    }
    return { samples: columns.length - 9, contigLengths: this.contigLengths }
  }
}

/** Throws `PanelRefusal` when a header's length of a chromosome is that of another build, or of none. */
export function demandBuild({ contigLengths }: VcfHead, chromosome: number, build: Build): void {
  const label = CHROMOSOME_LABELS[chromosome]!
  const length = contigLengths.get(label)
  if (length === undefined || length === CHROMOSOME_LENGTHS[build][chromosome]) return
  const other = ([36, 37, 38] as const).find((one) => CHROMOSOME_LENGTHS[one][chromosome] === length)
  throw new PanelRefusal(
    other
      ? `its header gives chromosome ${label} the length of build ${other}, not ${build}`
      : `its header gives chromosome ${label} a length of ${length}, which no build has`,
  )
}
