import { CHIP_FIGURES } from '#lib/genotype/chip-figures.ts'
import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import { countText, shareText } from './figures.ts'
import type { QualityDocument } from './quality-document.ts'

/** What differs from the usual by more than these is marked; it fails no check. Files are shortened and joined, and laboratories differ. */
const ROWS_FAR = 0.1
const CALL_RATE_FAR = 0.05

type Typical = QualityDocument['chip']['typical']

/** Published figures of a chip; null where none are known. */
export function typicalOf(chip: ExportSummary['chip']['name']): Typical {
  const figures = chip && CHIP_FIGURES[chip]
  if (!figures) return null
  const { rows, callRate, verified, source } = figures
  return { rows_min: rows[0], rows_max: rows[1], call_rate: callRate, verified, source }
}

/** How many rows files of the chip have, and whether a file of so many lies far from it, in words; undefined where that is not known. */
export function usualRows(typical: Typical, rows: number): string | undefined {
  if (!typical) return undefined
  const { rows_min, rows_max } = typical
  return usual(
    rows_min === rows_max ? countText(rows_min) : `${countText(rows_min)}–${countText(rows_max)}`,
    typical,
    rows < rows_min * (1 - ROWS_FAR)
      ? 'far fewer than '
      : rows > rows_max * (1 + ROWS_FAR)
        ? 'far more than '
        : '',
  )
}

/** The same of their call rate. */
export const usualCallRate = (typical: Typical, callRate: number): string | undefined =>
  typical?.call_rate
    ? usual(
        shareText(typical.call_rate),
        typical,
        callRate < typical.call_rate - CALL_RATE_FAR ? 'far below ' : '',
      )
    : undefined

const usual = (text: string, { verified }: NonNullable<Typical>, far: string): string =>
  `${far}usual for this chip: ${text}${verified ? '' : ' (not verified)'}`
