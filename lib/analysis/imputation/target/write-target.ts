import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Region } from '../panel/region.ts'
import type { SiteList } from '../panel/site-list.ts'
import { lettersOf } from '../panel/site-list.ts'
import type { Marker } from './align-rows.ts'

const PIECE_CHARACTERS = 1_000_000

/** What a marker has where the engine is to fill it. */
export const OPEN_GENOTYPE = './.'

/** The genotype of a marker as a VCF has it, unphased. */
export function genotypeOf({ dosage, copies }: Pick<Marker, 'dosage' | 'copies'>): string {
  if (dosage === null) return OPEN_GENOTYPE
  if (copies === 1) return String(dosage)
  return ['0/0', '0/1', '1/1'][dosage]!
}

export interface TargetDigests {
  /** Of the file. */
  sha256: string
  /** Of its markers alone: the same for everybody of whom an engine is given the same ones. */
  markerSet: string
}

/** Write what the engine is given of one region: REF and ALT of the panel, the person's genotypes, no name. */
export async function writeTarget(
  path: string,
  { region, markers }: { region: Pick<Region, 'contig'>; markers: readonly Marker[] },
  sites: SiteList,
): Promise<TargetDigests> {
  const [whole, places] = [createHash('sha256'), createHash('sha256')]
  const file = await open(path, 'w', 0o600)
  let text = [
    '##fileformat=VCFv4.2',
    `##contig=<ID=${region.contig}>`,
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tsample\n',
  ].join('\n')
  let set = `${markers[0]?.copies} ${region.contig}\n`
  const flush = async () => {
    whole.update(text)
    places.update(set)
    await file.write(text)
    text = ''
    set = ''
  }
  try {
    for (const marker of markers) {
      const [reference, alternate] = lettersOf(sites.letters[marker.site]!)!
      const letters = `${String.fromCharCode(reference)}\t${String.fromCharCode(alternate)}`
      const place = `${sites.position[marker.site]}\t.\t${letters}`
      text += `${region.contig}\t${place}\t.\tPASS\t.\tGT\t${genotypeOf(marker)}\n`
      set += `${place}\n`
      if (text.length > PIECE_CHARACTERS) await flush()
    }
    await flush()
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: whole.digest('hex'), markerSet: places.digest('hex') }
}
