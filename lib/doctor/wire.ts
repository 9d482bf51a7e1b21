import { z } from 'zod'
import { missing, NOT_LIST, WireTime, wireTime } from '#lib/wire/fields.ts'
import { sayFigure } from './find-out.ts'
import { BROWSERS, CHECK_NAMES, CHECKS, type Finding, LEVELS, meaningOf } from './finding.ts'
import type { DoctorReport } from './report.ts'

/** Above any status, number of bytes or seconds worth showing. */
const FIGURE_MAX = 1_000_000_000

const NewFinding = z
  .strictObject({
    check: z.enum(CHECK_NAMES, 'There is no such check.'),
    finding: z.string().max(40),
    figure: z.int().min(0).max(FIGURE_MAX).nullable(),
  })
  .refine(({ check, finding }) => meaningOf(check, finding) !== undefined, 'This check finds no such thing.')
  .transform((finding) => finding as Finding)

/** Body of `POST /api/doctor`: each check at most once. */
export const NewReport = z.strictObject({
  browser: z.enum(BROWSERS, 'There is no such browser.'),
  findings: z
    .array(NewFinding, { error: missing(NOT_LIST) })
    .min(1, 'This list may not be empty.')
    .max(CHECK_NAMES.length, 'A check is there twice.')
    .refine((all) => new Set(all.map(({ check }) => check)).size === all.length, 'A check is there twice.'),
})
export type NewReport = z.output<typeof NewReport>

/** Response of `GET doctor-reports/{code}`; ours. */
export const WireDoctorReport = z.object({
  code: z.string(),
  created: WireTime,
  expires_at: WireTime,
  browser: z.enum(BROWSERS),
  findings: z.array(
    z.object({
      check: z.enum(CHECK_NAMES),
      title: z.string(),
      finding: z.string(),
      level: z.enum(LEVELS),
      figure: z.int().nullable(),
      words: z.string(),
      /** What to change; null where there is nothing to change. */
      change: z.string().nullable(),
    }),
  ),
})
export type WireDoctorReport = z.infer<typeof WireDoctorReport>

export function presentReport({
  code,
  created,
  expiresAt,
  browser,
  findings,
}: DoctorReport): WireDoctorReport {
  return {
    code,
    created: wireTime(created),
    expires_at: wireTime(expiresAt),
    browser,
    findings: findings.flatMap(({ check, finding, figure }) => {
      const meaning = meaningOf(check, finding)
      if (!meaning) return []
      const words = meaning.words.replace('{figure}', figure === null ? '' : sayFigure(check, figure))
      const { title } = CHECKS[check]
      return [{ check, title, finding, level: meaning.level, figure, words, change: meaning.change ?? null }]
    }),
  }
}
