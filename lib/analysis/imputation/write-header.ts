import { CHROMOSOME_LENGTHS } from '#lib/genotype/chromosomes.ts'
import type { ImputationEngine } from './engine/engine.ts'
import type { Panel } from './panel/read-panel.ts'
import { regionsOf } from './panel/region.ts'

const ASSEMBLIES = { 37: 'GRCh37', 38: 'GRCh38' } as const

/** The header of an imputed file: what it was made with, and nothing that differs when it is made again. */
export function writeHeader({
  sampleId,
  panel: { id, manifest },
  engine,
}: {
  sampleId: string
  panel: Panel
  engine: Pick<ImputationEngine, 'name' | 'command'>
}): string {
  const { build, licence, citation } = manifest
  const contigs = [...new Map(regionsOf(build).map((region) => [region.contig, region.chromosome]))]
  const lines = [
    '##fileformat=VCFv4.3',
    '##source=Arraydrop',
    '##arraydrop_note=Imputed from an array export: calls marked IMP are estimates, not measurements. Not for medical decisions.',
    `##arraydrop_panel=${id}`,
    `##arraydrop_panel_licence=${oneLine(licence)}`,
    ...(citation ? [`##arraydrop_panel_citation=${oneLine(citation)}`] : []),
    `##arraydrop_engine=${engine.name}`,
    `##arraydrop_command=${engine.command}`,
    `##reference=${ASSEMBLIES[build]}`,
    ...contigs.map(([contig, code]) => `##contig=<ID=${contig},length=${CHROMOSOME_LENGTHS[build][code]}>`),
    '##INFO=<ID=TYPED,Number=0,Type=Flag,Description="Read by the chip; the genotype is that of the export">',
    '##INFO=<ID=IMP,Number=0,Type=Flag,Description="Imputed: an estimate">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Phased genotype; one allele where the person has one copy">',
    '##FORMAT=<ID=DS,Number=1,Type=Float,Description="Estimated number of ALT alleles, 0 to 2, or 0 to 1 where there is one copy">',
    '##FORMAT=<ID=GP,Number=G,Type=Float,Description="Estimated probabilities of the genotypes">',
    `#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${sampleId}`,
  ]
  return `${lines.join('\n')}\n`
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
