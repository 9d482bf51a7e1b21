import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import { isImputedByVendor } from '#lib/genotype/recognise-chip.ts'
import type { ImputationReport } from '../imputation/imputation-report.ts'
import type { Accuracy } from '../imputation/judge/accuracy.ts'
import type { QualityDocument } from './quality-document.ts'

type WireImputation = NonNullable<QualityDocument['imputation']>

/** An imputation as `qc-json` has it. */
export function wireImputation(
  report: ImputationReport,
  { summary }: { summary: ExportSummary },
): WireImputation {
  const { panel, engine, gaps, masked, sites, typed, imputed, sure, meanSureness, bytes } = report
  return {
    made: report.why === null,
    why_not: report.why,
    panel: { ...panel, build: panel.build === 38 ? 38 : 37 },
    engine,
    input_is_imputed: isImputedByVendor(summary.chip),
    rows: report.rows && wireRows(report.rows),
    gaps,
    regions: report.regions.map(({ key, leftOut, ...numbers }) => ({
      region: key,
      sites: numbers.sites,
      markers: numbers.markers,
      imputed: numbers.imputed,
      sure: numbers.sure,
      left_out: leftOut,
    })),
    masked: masked && {
      regions: masked.regions,
      ...wireAccuracy(masked),
      by_frequency: masked.byFrequency.map((bin) => ({ up_to: bin.upTo, ...wireAccuracy(bin) })),
    },
    sites,
    typed,
    imputed,
    sure,
    mean_sureness: meanSureness,
    bytes,
  }
}

const wireAccuracy = ({ markers, concordance, nonReferenceDiscordance, dosageR2 }: Accuracy) => ({
  markers,
  concordance,
  non_reference_discordance: nonReferenceDiscordance,
  dosage_r2: dosageR2,
})

const wireRows = (rows: NonNullable<ImputationReport['rows']>): WireImputation['rows'] => ({
  outside_panel: rows.outside,
  rows: rows.rows,
  no_call: rows.noCall,
  indel: rows.indel,
  called: rows.called,
  in_panel: rows.inPanel,
  not_in_panel: rows.notInPanel,
  no_letters: rows.noLetters,
  other_strand: rows.otherStrand,
  mismatch: rows.mismatch,
  heterozygous_haploid: rows.heterozygousHaploid,
  one_letter: rows.oneLetter,
  duplicate_agrees: rows.duplicateAgrees,
  duplicate_conflicts: rows.duplicateConflicts,
  palindromic: rows.palindromic,
  palindromic_left_out: rows.palindromicLeftOut,
  kept: rows.kept,
})
