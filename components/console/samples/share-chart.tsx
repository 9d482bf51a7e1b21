import { Paper, Stack, Text, Title } from '@mantine/core'
import { BarChart } from '../kit/chart.tsx'

const SHARE = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })
/** Possible starts of the axis, so that small differences are visible. */
const ZOOMS = [0.95, 0.9, 0.8, 0.5]

/** A bar: what it stands for, and a share. */
export interface NamedShare {
  name: string
  share: number
}

interface Props {
  title: string
  explained: string
  bars: readonly NamedShare[]
  /** Begin the axis where the lowest of these bars does. */
  zoomedTo?: (bar: NamedShare) => boolean
  /** What stands before the name of a bar when it is read out. */
  place?: string
}

/** A bar for each share. The report has the same numbers as a table. */
export function ShareChart({ title, explained, bars, zoomedTo, place = 'on ' }: Props) {
  const data = bars.map(({ name, share }) => ({ name, share }))
  const lowest = Math.min(1, ...(zoomedTo ? data.filter(zoomedTo) : []).map(({ share }) => share))
  const floor = zoomedTo ? (ZOOMS.find((zoom) => lowest >= zoom) ?? 0) : 0
  const ceiling = zoomedTo ? 1 : Math.max(0.05, ...data.map(({ share }) => share))
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
        <div role="img" aria-label={`${title}: ${sayExtremes(data, place)}`}>
          <BarChart
            h={220}
            data={data}
            dataKey="name"
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

function sayExtremes(data: readonly NamedShare[], place: string): string {
  const sorted = data.toSorted((one, other) => one.share - other.share)
  const say = (one: NamedShare | undefined) =>
    one ? `${SHARE.format(one.share)} ${place}${one.name}` : 'nothing'
  return `lowest ${say(sorted[0])}, highest ${say(sorted.at(-1))}`
}
