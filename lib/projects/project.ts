import { z } from 'zod'
import { ROWS_MIN } from '#lib/genotype/limits.ts'

/** `https://clinic.example`, exactly as `URL.origin` writes it: anything else would never match. */
const Origin = z
  .string()
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, 'Enter an origin.')

/** One source of CSP's `frame-ancestors`, app schemes included; nothing that would begin another directive. */
const FrameSource = z
  .string()
  .regex(/^[a-z][a-z0-9+.-]*:(?:\/\/[a-z0-9.*:[\]-]+)?$/i, 'Enter a source such as https://clinic.example.')

/** What a project may decide for itself. Stored as JSON; every field has a default, so old rows stay readable. */
export const ProjectSettings = z.object({
  /** Rows below which a file counts as cut off. */
  rowsMin: z.int().min(1).default(ROWS_MIN),
  /** Call rate below which a sample ends in `failed qc`. */
  callRateMin: z.number().min(0).max(1).default(0.9),
  policy: z.enum(['strict', 'forgiving']).default('strict'),
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
})
export type ProjectSettings = z.infer<typeof ProjectSettings>

export interface Project {
  id: string
  name: string
  isArrayDefault: boolean
  settings: ProjectSettings
}
