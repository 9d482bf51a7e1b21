import { CHIP_FIGURES } from '#lib/genotype/chip-figures.ts'
import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import { countText, shareText } from './figures.ts'
import type { QualityDocument } from './quality-document.ts'

type Typical = QualityDocument['chip']['typical']

/** Published figures of a chip; null where none are known. */
export function typicalOf(chip: ExportSummary['chip']['name']): Typical {
  const figures = chip && CHIP_FIGURES[chip]
  if (!figures) return null
  const { rows, callRate, verified, source } = figures
  return { rows_min: rows[0], rows_max: rows[1], call_rate: callRate, verified, source }
}

/** How many rows files of the chip have, in words; undefined where that is not known. */
export function usualRows(typical: Typical): string | undefined {
  if (!typical) return undefined
  const { rows_min, rows_max } = typical
  return usual(
    rows_min === rows_max ? countText(rows_min) : `${countText(rows_min)}–${countText(rows_max)}`,
    typical,
  )
}

/** The same of their call rate. */
export const usualCallRate = (typical: Typical): string | undefined =>
  typical?.call_rate ? usual(shareText(typical.call_rate), typical) : undefined

const usual = (text: string, { verified }: NonNullable<Typical>): string =>
  `usual for this chip: ${text}${verified ? '' : ' (not verified)'}`
