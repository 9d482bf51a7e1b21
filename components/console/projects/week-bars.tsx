import { Paper, Title } from '@mantine/core'
import { BarChart } from '../kit/chart.tsx'

/** More colours than these cannot be told apart. */
const COLORS = ['drop.5', 'blue.6', 'orange.6', 'grape.6', 'cyan.7', 'yellow.7', 'red.6', 'gray.6']
const OTHERS = 'others'

interface Props {
  title: string
  weeks: readonly { monday: string; counts: Record<string, number> }[]
  nameOf: (key: string) => string
}

/** What the samples of each week are made up of, as stacked bars. */
export function WeekBars({ title, weeks, nameOf }: Props) {
  const totals = new Map<string, number>()
  for (const { counts } of weeks) {
    for (const [key, count] of Object.entries(counts)) totals.set(key, (totals.get(key) ?? 0) + count)
  }
  const keys = [...totals].sort(([, one], [, other]) => other - one).map(([key]) => key)
  const shown = keys.length > COLORS.length ? keys.slice(0, COLORS.length - 1) : keys
  const rest = keys.slice(shown.length)
  const series = [...shown, ...(rest.length > 0 ? [OTHERS] : [])]
  const said = keys.map((key) => `${nameOf(key)} ${totals.get(key)}`).join(', ')
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      <div role="img" aria-label={`${title}: ${said}`}>
        <BarChart
          h={240}
          type="stacked"
          data={weeks.map(({ monday, counts }) => ({
            monday,
            ...Object.fromEntries(shown.map((key) => [key, counts[key] ?? 0])),
            [OTHERS]: rest.reduce((sum, key) => sum + (counts[key] ?? 0), 0),
          }))}
          dataKey="monday"
          series={series.map((name, at) => ({
            name,
            label: name === OTHERS ? 'Others' : nameOf(name),
            color: COLORS[at]!,
          }))}
          withLegend
          tickLine="none"
          xAxisProps={{ minTickGap: 24 }}
          yAxisProps={{ allowDecimals: false, width: 44 }}
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
    </Paper>
  )
}
