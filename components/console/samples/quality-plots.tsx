import { useMemo } from 'react'
import { type Plotted, plottedOf } from '#lib/analysis/report/plotted.ts'
import { renderPlots } from '#lib/analysis/report/render-plots.ts'
import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import { Drawing } from './drawing.tsx'

/** The drawings of the quality report, on the sample's page: the same scales, bounds and figures. */
export function QualityPlots({ summary, checks }: { summary: ExportSummary; checks: Plotted['checks'] }) {
  const drawn = useMemo(() => renderPlots(plottedOf(summary, checks)), [summary, checks])
  return <Drawing markup={drawn} />
}
