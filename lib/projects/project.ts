import { z } from 'zod'
import { ROWS_MIN } from '#lib/genotype/limits.ts'
import { isStorable } from '#lib/wire/fields.ts'
import { refuseLogo } from './logo.ts'

/** `https://clinic.example`, exactly as `URL.origin` writes it: anything else would never match. */
const Origin = z
  .string()
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, 'Enter an origin.')

/** One source of CSP's `frame-ancestors`, app schemes included; nothing that would begin another directive. */
const FrameSource = z
  .string()
  .regex(/^[a-z][a-z0-9+.-]*:(?:\/\/[a-z0-9.*:[\]-]+)?$/i, 'Enter a source such as https://clinic.example.')

/** One line of plain text, without control characters. */
const PlainLine = (charactersMax: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(charactersMax)
    .refine((text) => !/\p{Cc}/u.test(text) && isStorable(text), 'Enter one line of plain text.')

const Line = (charactersMax: number) => PlainLine(charactersMax).nullable().default(null)

const LanguageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'Enter a language such as de or pt-BR.')
const PURPOSES_MAX = 40

const Colour = z
  .string()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, 'Enter a colour such as #0a6350.')
  .nullable()
  .default(null)

const Logo = z.string().superRefine((url, context) => {
  const message = refuseLogo(url)
  if (message) context.addIssue({ code: 'custom', message })
})

/** How the upload page looks and which partner it names. Colours are checked against the page's own when they are set. */
const BrandSettings = z.object({
  /** Who gets the file, as people know them; null: the project's name. */
  displayName: Line(80),
  /** A `data:` URL; PNG, JPEG or WebP of at most 64 KB. */
  logo: Logo.nullable().default(null),
  /** On light and on dark surfaces; null: made of the other one, or ours. */
  accentLight: Colour,
  accentDark: Colour,
  /** Of the main button alone, on light and on dark; its label is black or white, whichever reads better. Null: the accent. */
  button: Colour,
  /** One sentence for the person: what the file is for. */
  purpose: Line(200),
  /** The same sentence in other languages, by language tag; `purpose` where a language has none. */
  purposes: z
    .record(LanguageTag, PlainLine(200))
    .refine((all) => Object.keys(all).length <= PURPOSES_MAX, `Enter at most ${PURPOSES_MAX} languages.`)
    .default({}),
})

/** A hundred years. */
const DAYS_MAX = 36_500
/** A year. */
const HOURS_MAX = 8_760

const Threshold = z.number().min(0).max(1).nullable()

/**
 * What a sample must reach, or ends in `failed qc`. Shares between 0 and 1; null asks for nothing. The defaults let
 * every chip of the three vendors pass and stop what cannot be one person's whole export.
 */
const QualitySettings = z.object({
  /** Of the rows on autosomes. */
  callRateMin: Threshold.default(0.9),
  /** Of all rows. Off: a woman's Y rows count as not called, so chips differ by sex. */
  overallCallRateMin: Threshold.default(null),
  /** Of the autosome with the fewest calls. */
  chromosomeCallRateMin: Threshold.default(0.8),
  /** Of the autosomes: common chips show about 0.29, those with many rare markers less. */
  heterozygosityMin: Threshold.default(0.1),
  heterozygosityMax: Threshold.default(0.45),
  /** Two alleles where there is one copy: a published sound file shows 0.004. */
  heterozygousHaploidMax: Threshold.default(0.02),
  /** Rows whose id occurred before. */
  duplicatesMax: Threshold.default(0.01),
  /** Rows that the vendor did not write before. Off: a file with more than 0.001 of them is refused anyway, unless only their ids are unknown. */
  driftMax: Threshold.default(null),
  /** Fail when X and Y contradict each other. Off: X0 and XXY are people, not faults. */
  demandSexAgreement: z.boolean().default(false),
  /** Fail when no sex can be told. */
  demandSex: z.boolean().default(false),
  /** Fail when header and positions name different builds. Off: positions are right, and what is made follows them. */
  demandBuildAgreement: z.boolean().default(false),
})

/** What an imputation must reach, for projects that impute. Shares between 0 and 1; null asks for nothing. */
const ImputationSettings = z.object({
  /** A sample that cannot be imputed fails. Off: it is delivered without. */
  imputationRequired: z.boolean().default(false),
  /** Called rows that the panel has, as the Michigan Imputation Server asks. */
  imputeOverlapMin: Threshold.default(0.5),
  imputeStrandMax: Threshold.default(0.01),
  imputeMismatchMax: Threshold.default(0.01),
  /** Stretches of 20 Mb: three of the genome's 150 or so. */
  imputeGapsMax: Threshold.default(0.02),
  /** Hidden markers that come back as they were: 0.975 and more where the panel fits, 0.75 where it does not. */
  imputeConcordanceMin: Threshold.default(0.9),
  imputeXMixedMax: Threshold.default(0.1),
})

export const FAILURE_REDIRECTS = ['person', 'immediate'] as const
export type FailureRedirect = (typeof FAILURE_REDIRECTS)[number]

export const LINK_FORMS = ['query', 'fragment'] as const
export type LinkForm = (typeof LINK_FORMS)[number]

/** What a project may decide for itself. Stored as JSON; every field has a default, so old rows stay readable. */
export const ProjectSettings = z.object({
  /** Rows below which a file counts as cut off. */
  rowsMin: z.int().min(1).default(ROWS_MIN),
  ...QualitySettings.shape,
  ...ImputationSettings.shape,
  /** Days after which the original of a sample is erased; null keeps it. */
  rawFileDays: z.int().min(1).max(DAYS_MAX).nullable().default(null),
  /** Days after which what an analysis made is erased; null keeps it. */
  deliverableDays: z.int().min(1).max(DAYS_MAX).nullable().default(null),
  /** Hours that a FASTQ file may wait for its analysis: a URL that ends sooner is warned of. */
  expectedWaitHours: z.int().min(1).max(HOURS_MAX).default(24),
  /**
   * Say which samples seem to be of the same person. On: a keyed sketch of each sample's genotypes is kept for that alone, and
   * goes with the sample, or once this is off.
   */
  findSamePerson: z.boolean().default(false),
  policy: z.enum(['strict', 'forgiving']).default('strict'),
  /** Who decides when a refused person leaves for `redirect_on_failure`: the person, or nobody, at once. */
  failureRedirect: z.enum(FAILURE_REDIRECTS).default('person'),
  /** Where a link carries its token: a fragment is sent to no server, and so reaches no log of one. */
  linkForm: z.enum(LINK_FORMS).default('query'),
  /** Origins a redirect may lead to, each as `URL.origin` writes it; empty means any https origin. */
  redirectOrigins: z.array(Origin).default([]),
  /** Sources that may frame the upload page; empty means the installation's default. */
  frameOrigins: z.array(FrameSource).default([]),
  supportUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  privacyUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  ...BrandSettings.shape,
})
export type ProjectSettings = z.infer<typeof ProjectSettings>

export interface Project {
  id: string
  name: string
  description: string
  created: Date
  modified: Date
  isArrayDefault: boolean
  /** For trying things out: short windows, a clock of its own, and samples that are deleted after a day. Never changes. */
  isTest: boolean
  /** Id of a `PipelineCapability`. */
  pipelineCapabilities: string
  settings: ProjectSettings
}
