import { CHROMOSOME_LABELS } from '#lib/genotype/chromosomes.ts'
import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import { readSexEvidence } from '#lib/genotype/infer-sex.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { VcfReport } from '../array/vcf-report.ts'
import { nameQualityCheck } from '../find-quality-rule.ts'
import type { ImputationReport } from '../imputation/imputation-report.ts'
import type { QualityCheck } from '../judge-quality.ts'
import { QUALITY_DOCUMENT_VERSION, type QualityDocument } from './quality-document.ts'
import { wireImputation } from './wire-imputation.ts'

/** What one run knows of its sample's quality. */
export interface MeasuredQuality {
  sampleId: string
  runId: string
  vendor: Vendor
  summary: ExportSummary
  checks: readonly QualityCheck[]
  vcf: VcfReport | undefined
  imputation?: ImputationReport | undefined
}

/** The numbers of a run in the stable shape of `qc-json`. The same run gives the same document. */
export function buildQualityDocument(measured: MeasuredQuality): QualityDocument {
  const { sampleId, runId, vendor, summary, checks, vcf, imputation } = measured
  return {
    format: 'arraydrop-qc',
    version: QUALITY_DOCUMENT_VERSION,
    sample_id: sampleId,
    run_id: runId,
    passed: checks.every(({ status }) => status !== 'failed'),
    checks: checks.map(({ key, status, expected, measured, note }) => ({
      key,
      name: nameQualityCheck(key),
      status,
      expected,
      measured,
      note,
    })),
    vendor,
    chip: { name: summary.chip.name, evidence: summary.chip.evidence },
    build: {
      stated: summary.statedBuild,
      by_positions: summary.positionBuild,
      conflict: summary.buildConflict,
      ...summary.buildEvidence,
    },
    ...wholeFile(summary),
    drift: wireDrift(summary),
    sex: wireSex(summary),
    chromosomes: wireChromosomes(summary),
    density: summary.density ? { bin_bases: summary.density.binBases, rows: summary.density.rowsOf } : null,
    vcf: vcf ? wireVcf(vcf) : null,
    imputation: imputation ? wireImputation(imputation, measured) : null,
  }
}

const wholeFile = (summary: ExportSummary) => ({
  rows: summary.rows,
  calls: summary.calls,
  no_calls: summary.noCalls,
  call_rate: summary.callRate,
  autosomal_call_rate: summary.autosomalCallRate,
  autosomal_heterozygosity: summary.autosomalHeterozygosity,
  indels: summary.indels,
  haploid: summary.haploid,
  heterozygous_haploid: summary.heterozygousHaploid,
  duplicates: { ids: summary.duplicates.ids, positions: summary.duplicates.positions },
})

const wireDrift = ({ drift }: ExportSummary): QualityDocument['drift'] => ({
  unknown_ids: drift.unknownIds,
  unknown_chromosomes: drift.unknownChromosomes,
  unknown_alleles: drift.unknownAlleles,
  unknown_positions: drift.unknownPositions,
  out_of_order: drift.outOfOrder,
  out_of_block: drift.outOfBlock,
  blocks_out_of_order: drift.blocksOutOfOrder,
})

function wireSex({ inferredSex, sexEvidence }: ExportSummary): QualityDocument['sex'] {
  const { byX, byY, xHeterozygosity, yCallRate } = readSexEvidence(sexEvidence)
  return {
    inferred: inferredSex,
    by_x: byX,
    by_y: byY,
    x_calls: sexEvidence.xCalls,
    x_heterozygous: sexEvidence.xHeterozygous,
    x_heterozygosity: xHeterozygosity,
    y_rows: sexEvidence.yRows,
    y_calls: sexEvidence.yCalls,
    y_call_rate: yCallRate,
  }
}

/** In the order of the genome: the database keeps the members of an object in an order of its own. */
function wireChromosomes({ byChromosome }: ExportSummary): QualityDocument['chromosomes'] {
  return CHROMOSOME_LABELS.flatMap((chromosome) => {
    const numbers = byChromosome[chromosome]
    if (!numbers) return []
    const { rows, calls, noCalls, heterozygous, heterozygosity, haploid, indels } = numbers
    return {
      chromosome,
      rows,
      calls,
      no_calls: noCalls,
      call_rate: calls / rows,
      heterozygous,
      heterozygosity,
      haploid,
      indels,
    }
  })
}

function wireVcf(vcf: VcfReport): QualityDocument['vcf'] {
  const rows = vcf.written ? vcf.rows : undefined
  return {
    written: vcf.written,
    why_not: vcf.written ? null : vcf.why,
    reference_build: vcf.referenceBuild,
    records: vcf.written ? vcf.records : 0,
    homozygous_reference: rows?.homozygousReference ?? 0,
    heterozygous: rows?.heterozygous ?? 0,
    homozygous_alternate: rows?.homozygousAlternate ?? 0,
    no_calls: rows?.noCall ?? 0,
    indels_left_out: rows?.indel ?? 0,
    mismatches_left_out: rows?.mismatch ?? 0,
    other_strand: vcf.written ? vcf.otherStrand.homozygousAlternate + vcf.otherStrand.mismatch : 0,
  }
}
