import { readFile } from 'node:fs/promises'
import type { EngineResult, LineForm } from '../engine/engine.ts'
import { packedLines } from '../finish/read-lines.ts'
import { type EngineLine, EngineLineReader } from '../finish/site-line.ts'
import { decodeSiteList } from '../panel/site-list.ts'
import type { HiddenCall } from '../target/align-export.ts'

/** Sums from which the accuracy of any number of regions follows: each pair is a hidden genotype and what came back. */
export interface PairSums {
  pairs: number
  agree: number
  /** Pairs in which either has the rarer allele, and those of them that agree. */
  withRare: number
  withRareAgree: number
  /** Of dosages of the rarer allele: x imputed, y hidden. */
  x: number
  y: number
  xx: number
  yy: number
  xy: number
}

/** Upper ends of the bins of the rarer allele's frequency. */
export const FREQUENCY_BINS = [0.01, 0.05, 0.5] as const

/** What the engine made of the masked target. */
export interface CompareTask extends Pick<EngineResult, 'vcf' | 'column'> {
  form: LineForm
  sites: string
  hidden: HiddenCall[]
}

const noPairs = (): PairSums => ({
  pairs: 0,
  agree: 0,
  withRare: 0,
  withRareAgree: 0,
  x: 0,
  y: 0,
  xx: 0,
  yy: 0,
  xy: 0,
})

/** Compare hidden genotypes with what was imputed in their place, by bins of frequency. */
export async function compareHidden({ vcf, column, form, sites, hidden }: CompareTask): Promise<PairSums[]> {
  const list = decodeSiteList(await readFile(sites))
  const wanted = new Map(hidden.map(({ site, dosage }) => [site, dosage]))
  const bins = FREQUENCY_BINS.map(noPairs)
  const reader = new EngineLineReader(form, column)
  let site = 0
  let found = 0
  for await (const lines of packedLines(vcf)) {
    for (const text of lines) {
      if (text.startsWith('#') || text === '') continue
      const truth = wanted.get(site)
      if (truth !== undefined) {
        addPair(bins, reader.read(text), {
          truth,
          position: list.position[site]!,
          share: list.frequency[site]!,
        })
        found++
      }
      site++
    }
  }
  if (found !== wanted.size) throw new Error('Hidden markers are missing')
  return bins
}

/** Throws when the line is not of the hidden marker, or not imputed. */
function addPair(
  bins: readonly PairSums[],
  line: EngineLine,
  hidden: { truth: number; position: number; share: number },
): void {
  if (line.position !== hidden.position || !line.imputed) throw new Error('A hidden marker did not come back')
  const frequency = hidden.share / 0xffff
  const genotype = line.genotype.split('|').filter((allele) => allele === '1').length
  // By the rarer allele: by ALT, sites whose REF is rare would all look well imputed.
  const turned = frequency > 0.5
  const rarer = Math.min(frequency, 1 - frequency)
  const bin = FREQUENCY_BINS.findIndex((end) => rarer <= end)
  add(bins[bin]!, {
    truth: turned ? 2 - hidden.truth : hidden.truth,
    called: turned ? 2 - genotype : genotype,
    dosage: turned ? 2 - Number(line.dosage) : Number(line.dosage),
  })
}

function add(
  sums: PairSums,
  { truth, called, dosage }: { truth: number; called: number; dosage: number },
): void {
  sums.pairs++
  if (truth === called) sums.agree++
  if (truth > 0 || called > 0) {
    sums.withRare++
    if (truth === called) sums.withRareAgree++
  }
  sums.x += dosage
  sums.y += truth
  sums.xx += dosage * dosage
  sums.yy += truth * truth
  sums.xy += dosage * truth
}
