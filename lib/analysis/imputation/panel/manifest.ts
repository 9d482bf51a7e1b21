import { z } from 'zod'

/** Grows when a package that was made before cannot be read any more. */
export const MANIFEST_FORMAT = 1
export const MANIFEST_NAME = 'manifest.json'

const Digest = z.string().regex(/^[0-9a-f]{64}$/)

/** A file of the package, or one that it was made from. `name` never leads out of its folder. */
const NamedFile = z.object({
  name: z.string().regex(/^(?!\.)[^/\\\p{Cc}]{1,255}$/u),
  bytes: z.int().min(1),
  sha256: Digest,
})
export type NamedFile = z.infer<typeof NamedFile>

const PanelRegion = z.object({
  /** A key of `regionsOf`. */
  key: z.string().regex(/^(?:[1-9]|1\d|2[0-2]|X|X-PAR1|X-PAR2)$/),
  sites: z.int().min(1),
  /** Positions of the first and the last site. */
  first: z.int().min(1),
  last: z.int().min(1),
  files: z.object({
    /** Where the panel has sites, and with which letters: `site-list.ts`. */
    sites: NamedFile,
    /** Genetic map, in PLINK's form. */
    map: NamedFile,
    /** The panel in Beagle's binary form; missing where the package is not for Beagle. */
    bref3: NamedFile.optional(),
    /** The same for Eagle and Minimac4. */
    minimac4: z
      .object({
        /** Haplotypes for Eagle to phase by, as BCF, with their index. */
        bcf: NamedFile,
        csi: NamedFile,
        /** Genetic map in Eagle's form; Minimac4 reads that of PLINK. */
        eagleMap: NamedFile,
        /** Haplotypes for Minimac4 to impute from. */
        msav: NamedFile,
      })
      .optional(),
  }),
})
export type PanelRegion = z.infer<typeof PanelRegion>

/** What a panel may be called: part of ids, headers and addresses. */
export const PANEL_NAME_FORM = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/

/** What a panel package says of itself. Nothing in it, or in its files, names a person of the panel. */
export const Manifest = z.object({
  format: z.literal(MANIFEST_FORMAT),
  name: z.string().regex(PANEL_NAME_FORM),
  version: z.string().regex(PANEL_NAME_FORM),
  build: z.literal([37, 38]),
  licence: z.string().min(1).max(500),
  citation: z.string().max(2_000),
  /** People in the panel. */
  samples: z.int().min(2),
  /** Sites whose rarer allele was seen less often are left out. */
  minAlleleCount: z.int().min(1),
  /** Exports of another build are aligned through positions that were lifted at preparation; null: of the panel's own build alone. */
  liftedFrom: z.literal(37).nullable(),
  regions: z.array(PanelRegion).min(1),
  sources: z.array(NamedFile),
  maps: z.array(NamedFile),
  created: z.iso.datetime(),
})
export type Manifest = z.infer<typeof Manifest>

/** `name/version@` and the first 12 digits of the manifest's digest: what a result was made with, for good. */
export const panelIdOf = ({ name, version }: Pick<Manifest, 'name' | 'version'>, manifestSha256: string) =>
  `${name}/${version}@${manifestSha256.slice(0, 12)}`
