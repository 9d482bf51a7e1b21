import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { VcfReport } from '../array/vcf-report.ts'
import { nameQualityCheck } from '../find-quality-rule.ts'
import type { ImputationReport } from '../imputation/imputation-report.ts'
import type { QualityCheck } from '../judge-quality.ts'
import { QUALITY_RULES_VERSION } from '../quality-rules.ts'
import { plottedOf } from './plotted.ts'
import { QUALITY_DOCUMENT_VERSION, type QualityDocument } from './quality-document.ts'
import { type RunFacts, runOriginOf } from './run-origin.ts'
import { typicalOf } from './usual-figures.ts'
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
  /** Missing where nobody will ask which run it was. */
  about?: RunFacts | undefined
}

/** The numbers of a run in the stable shape of `qc-json`. The same run gives the same document. */
export function buildQualityDocument(measured: MeasuredQuality): QualityDocument {
  const { vendor, summary, checks, vcf, imputation } = measured
  const { sex, chromosomes, density } = plottedOf(summary, [])
  return {
    format: 'arraydrop-qc',
    version: QUALITY_DOCUMENT_VERSION,
    ...runOriginOf(measured, QUALITY_RULES_VERSION),
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
    chip: {
      name: summary.chip.name,
      evidence: summary.chip.evidence,
      typical: typicalOf(summary.chip.name),
    },
    build: {
      stated: summary.statedBuild,
      by_positions: summary.positionBuild,
      conflict: summary.buildConflict,
      ...summary.buildEvidence,
    },
    ...wholeFile(summary),
    drift: wireDrift(summary),
    sex,
    chromosomes,
    density,
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
