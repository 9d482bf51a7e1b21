import { open } from 'node:fs/promises'
import type { SiteList } from '../panel/site-list.ts'
import { lettersOf } from '../panel/site-list.ts'
import type { AlignedRegion, TargetCall } from './align-rows.ts'

const PIECE_CHARACTERS = 1_000_000

/** The genotype of a call as a VCF has it, unphased. */
export function genotypeOf({ dosage, copies }: Pick<TargetCall, 'dosage' | 'copies'>): string {
  if (copies === 1) return String(dosage)
  return ['0/0', '0/1', '1/1'][dosage]!
}

/** Write what the engine is given of one region: REF and ALT of the panel, the person's genotypes, no name. */
export async function writeTarget(
  path: string,
  { region, calls }: Pick<AlignedRegion, 'region' | 'calls'>,
  sites: SiteList,
): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    let text = [
      '##fileformat=VCFv4.2',
      `##contig=<ID=${region.contig}>`,
      '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
      '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tsample\n',
    ].join('\n')
    for (const call of calls) {
      const [reference, alternate] = lettersOf(sites.letters[call.site]!)!
      const letters = `${String.fromCharCode(reference)}\t${String.fromCharCode(alternate)}`
      text += `${region.contig}\t${sites.position[call.site]}\t.\t${letters}\t.\tPASS\t.\tGT\t${genotypeOf(call)}\n`
      if (text.length > PIECE_CHARACTERS) {
        await file.write(text)
        text = ''
      }
    }
    await file.write(text)
    await file.sync()
  } finally {
    await file.close()
  }
}
