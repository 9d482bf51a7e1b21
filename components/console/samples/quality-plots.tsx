import { Paper } from '@mantine/core'
import { useMemo } from 'react'
import { type Plotted, plottedOf } from '#lib/analysis/report/plotted.ts'
import { renderPlots } from '#lib/analysis/report/render-plots.ts'
import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import styles from './quality-plots.module.css'

/** The drawings of the quality report, on the sample's page: the same scales, bounds and figures. */
export function QualityPlots({ summary, checks }: { summary: ExportSummary; checks: Plotted['checks'] }) {
  const drawn = useMemo(() => renderPlots(plottedOf(summary, checks)).toString(), [summary, checks])
  return (
    <Paper withBorder p="md" className={styles.plots}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: `html` escapes everything that it is not itself, as for the report */}
      <div dangerouslySetInnerHTML={{ __html: drawn }} />
    </Paper>
  )
}
