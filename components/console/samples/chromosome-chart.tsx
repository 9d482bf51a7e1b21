'use client'

import { BarChart } from '@mantine/charts'
import { Paper, Stack, Text, Title } from '@mantine/core'
import type { ChromosomeNumbers } from './read-array-numbers.ts'

const SHARE = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })
/** What lies above is drawn from there on, so that differences can be seen. */
const ZOOMS = [0.95, 0.9, 0.8, 0.5]

interface Props {
  title: string
  explained: string
  rows: readonly ChromosomeNumbers[]
  of: 'callRate' | 'heterozygosity'
  /** Begin the axis where the autosomes do. */
  zoomed?: boolean
}

/** A bar for each chromosome. The same numbers stand in the report, as a table. */
export function ChromosomeChart({ title, explained, rows, of, zoomed = false }: Props) {
  const data = rows.map((row) => ({ chromosome: row.chromosome, share: row[of] ?? 0 }))
  const lowest = Math.min(
    1,
    ...data.filter(({ chromosome }) => Number(chromosome) > 0).map(({ share }) => share),
  )
  const floor = zoomed ? (ZOOMS.find((zoom) => lowest >= zoom) ?? 0) : 0
  const ceiling = zoomed ? 1 : Math.max(0.05, ...data.map(({ share }) => share))
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {explained}
          {floor > 0 ? ` The axis begins at ${SHARE.format(floor)}.` : ''}
        </Text>
        <div role="img" aria-label={`${title}: ${sayExtremes(data)}`}>
          <BarChart
            h={220}
            data={data}
            dataKey="chromosome"
            series={[{ name: 'share', label: title, color: 'drop.5' }]}
            valueFormatter={(value) => SHARE.format(value)}
            yAxisProps={{ domain: [floor, ceiling], allowDataOverflow: true, width: 56 }}
            xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 4 }}
            tickLine="none"
            barChartProps={{ accessibilityLayer: false }}
          />
        </div>
      </Stack>
    </Paper>
  )
}

function sayExtremes(data: readonly { chromosome: string; share: number }[]): string {
  const sorted = data.toSorted((one, other) => one.share - other.share)
  const say = (one: (typeof sorted)[number] | undefined) =>
    one ? `${SHARE.format(one.share)} on ${one.chromosome}` : 'nothing'
  return `lowest ${say(sorted[0])}, highest ${say(sorted.at(-1))}`
}
