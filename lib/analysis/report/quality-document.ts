import { z } from 'zod'
import { VENDORS } from '#lib/genotype/vendors.ts'
import { RunOrigin } from './run-origin.ts'

/** Grows when a member is renamed, removed or changes its meaning; new members alone do not change it. */
export const QUALITY_DOCUMENT_VERSION = 1

const Count = z.int().min(0)
const Share = z.number().min(0).max(1)
const Build = z.literal([36, 37, 38])
const Sex = z.enum(['male', 'female', 'undetermined'])

const ChromosomeNumbers = z.object({
  /** `1` to `22`, `X`, `Y`, `XY` (pseudoautosomal, where a vendor lists it apart), `MT`. */
  chromosome: z.string(),
  rows: Count,
  calls: Count,
  no_calls: Count,
  call_rate: Share,
  /** Calls of two different alleles. */
  heterozygous: Count,
  /** Of the calls; null without calls. */
  heterozygosity: Share.nullable(),
  /** Calls written with one allele. */
  haploid: Count,
  /** Calls of `D` and `I`. */
  indels: Count,
})
export type ChromosomeNumbers = z.infer<typeof ChromosomeNumbers>

const Check = z.object({
  key: z.string(),
  name: z.string(),
  status: z.enum(['succeeded', 'failed', 'skipped']),
  /** Null: the project asks for nothing. */
  expected: z.union([z.number(), z.boolean(), z.null()]),
  /** Null: the file does not tell. */
  measured: z.union([z.number(), z.boolean(), z.null()]),
  note: z.string(),
})

const Vcf = z.object({
  written: z.boolean(),
  /** Null when it was written. */
  why_not: z.enum(['other_build', 'build_unknown', 'reference_unknown']).nullable(),
  reference_build: Build.nullable(),
  records: Count,
  homozygous_reference: Count,
  heterozygous: Count,
  homozygous_alternate: Count,
  no_calls: Count,
  indels_left_out: Count,
  mismatches_left_out: Count,
  /** Of the rows, those whose letters the reference has on its other strand. */
  other_strand: Count,
})

const Accuracy = z.object({
  markers: Count,
  /** Genotypes that came back as they were. */
  concordance: Share.nullable(),
  /** Of the pairs in which either has the rarer allele, those that differ. */
  non_reference_discordance: Share.nullable(),
  /** Squared correlation of the imputed dosage with the hidden genotype. */
  dosage_r2: Share.nullable(),
})

const Imputation = z.object({
  made: z.boolean(),
  /** Null when it was made. */
  why_not: z
    .enum(['build_unknown', 'other_build', 'low_overlap', 'too_few_markers', 'engine_failed', 'memory'])
    .nullable(),
  panel: z.object({
    /** `name/version@digest` */
    id: z.string(),
    name: z.string(),
    version: z.string(),
    build: z.literal([37, 38]),
    people: Count,
    licence: z.string(),
    citation: z.string(),
  }),
  /** The program that imputed, with its version. */
  engine: z.string(),
  /** MyHeritage sells imputed genotypes since October 2025: errors of its markers go together. */
  input_is_imputed: z.boolean(),
  /** What became of the rows, by cause; null where none was looked at. */
  rows: z
    .object({
      outside_panel: Count,
      rows: Count,
      no_call: Count,
      indel: Count,
      called: Count,
      in_panel: Count,
      not_in_panel: Count,
      no_letters: Count,
      other_strand: Count,
      mismatch: Count,
      heterozygous_haploid: Count,
      one_letter: Count,
      duplicate_agrees: Count,
      duplicate_conflicts: Count,
      palindromic: Count,
      palindromic_left_out: Count,
      kept: Count,
    })
    .nullable(),
  gaps: z.object({ stretches: Count, gaps: Count }).nullable(),
  /** One a chromosome, and three for X. */
  regions: z.array(
    z.object({
      region: z.string(),
      sites: Count,
      markers: Count,
      imputed: Count,
      sure: Count,
      left_out: z.enum(['too_few_markers', 'sex_unknown']).nullable(),
    }),
  ),
  /** How well typed markers came back that the program was not shown; null where none were hidden. */
  masked: Accuracy.extend({
    regions: z.array(z.string()),
    /** By the frequency of the rarer allele, up to and including `up_to`. */
    by_frequency: z.array(Accuracy.extend({ up_to: Share })),
  }).nullable(),
  sites: Count,
  typed: Count,
  imputed: Count,
  /** Imputed calls whose highest probability is 0.9 or more. */
  sure: Count,
  /** Mean of that probability. */
  mean_sureness: Share.nullable(),
  bytes: Count,
})

/** What `qc-json` holds: numbers alone; no genotypes, no names, nothing of the file's header but build and chip. */
export const QualityDocument = z.object({
  format: z.literal('arraydrop-qc'),
  version: z.literal(QUALITY_DOCUMENT_VERSION),
  ...RunOrigin.shape,
  /** False when a check failed. */
  passed: z.boolean(),
  checks: z.array(Check),
  vendor: z.enum(VENDORS),
  chip: z.object({
    name: z.string().nullable(),
    evidence: z.array(z.enum(['header', 'chip_only_ids', 'row_count'])),
    /** Published figures of this chip; null where none are known. They judge nothing. */
    typical: z
      .object({
        rows_min: Count,
        rows_max: Count,
        call_rate: Share.nullable(),
        /** False for a single report, or one that only the vendor could confirm. */
        verified: z.boolean(),
        source: z.string(),
      })
      .nullable(),
  }),
  build: z.object({
    stated: Build.nullable(),
    by_positions: Build.nullable(),
    conflict: z.boolean(),
    /** Markers of known position in the file, and how many of them lie where each build has them. */
    markers: Count,
    votes: z.object({ 36: Count, 37: Count, 38: Count }),
  }),
  rows: Count,
  calls: Count,
  no_calls: Count,
  call_rate: Share,
  autosomal_call_rate: Share,
  autosomal_heterozygosity: Share.nullable(),
  indels: Count,
  haploid: Count,
  /** Heterozygous calls on Y and MT, and on a man's X. */
  heterozygous_haploid: Count,
  duplicates: z.object({ ids: Count, positions: Count }),
  drift: z.object({
    unknown_ids: Count,
    unknown_chromosomes: Count,
    unknown_alleles: Count,
    unknown_positions: Count,
    out_of_order: Count,
    out_of_block: Count,
    blocks_out_of_order: Count,
  }),
  sex: z.object({
    inferred: Sex,
    /** What either chromosome says by itself; null where it says too little. */
    by_x: Sex.nullable(),
    by_y: Sex.nullable(),
    /** X outside its pseudoautosomal regions. */
    x_calls: Count,
    x_heterozygous: Count,
    x_heterozygosity: Share.nullable(),
    y_rows: Count,
    y_calls: Count,
    /** Called rows of Y against the call rate of the autosomes; may exceed 1 a little. */
    y_call_rate: z.number().min(0).nullable(),
  }),
  chromosomes: z.array(ChromosomeNumbers),
  /** Rows by stretch of a chromosome, from its first base on. */
  density: z.object({ bin_bases: Count, rows: z.record(z.string(), z.array(Count)) }).nullable(),
  /** Null where no reference sequence is configured. */
  vcf: Vcf.nullable(),
  /** Null where the project does not impute. */
  imputation: Imputation.nullable(),
})
export type QualityDocument = z.infer<typeof QualityDocument>
