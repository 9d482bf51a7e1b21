import { Paper } from '@mantine/core'
import type { Markup } from '#lib/analysis/report/markup.ts'
import styles from './drawing.module.css'

/** Drawings of a report on a page of the console, in its colours. */
export function Drawing({ markup }: { markup: Markup }) {
  return (
    <Paper withBorder className={styles.drawing}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: `html` escapes everything that it is not itself, as for the report */}
      <div dangerouslySetInnerHTML={{ __html: markup.toString() }} />
    </Paper>
  )
}
