import { Paper, Text, Title } from '@mantine/core'
import type { Insights } from '#lib/insights/wire.ts'
import { FiguresTable } from '../kit/figures-table.tsx'
import { sayBytes, saySeconds } from '../kit/say-units.ts'

/** What imputing costs a sample, by panel. */
export function ImputationTable({ panels }: { panels: Insights['imputation'] }) {
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        Imputation
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        Half of the samples cost less than this, and half more.
      </Text>
      <FiguresTable
        label="Imputation by panel"
        head={['Panel', 'Samples', 'Processor time', 'File']}
        rows={panels.map(({ panel, samples, median_cpu_seconds, median_bytes }) => ({
          key: panel,
          cells: [
            panel,
            samples.toLocaleString('en'),
            saySeconds(median_cpu_seconds),
            median_bytes === null ? '–' : sayBytes(median_bytes),
          ],
        }))}
      />
    </Paper>
  )
}
