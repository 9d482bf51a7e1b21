'use client'

import { Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { nameVendor, type Vendor } from '#lib/genotype/vendors.ts'
import type { Insights } from '#lib/insights/wire.ts'
import { AreaChart, BarChart } from '../kit/chart.tsx'
import { Columns } from '../kit/columns.tsx'
import { wordsForReason } from '../samples/reason-words.ts'

type Days = Insights['days']

/** Two sets of colours, because the two charts side by side mean different things. */
const VENDOR_COLORS = ['drop.5', 'blue.6', 'orange.6', 'grape.6', 'cyan.7']
const REASON_COLORS = ['orange.6', 'red.6', 'yellow.6', 'grape.6', 'blue.6', 'cyan.7', 'gray.6']
/** More colours than these cannot be told apart. */
const REASONS_SHOWN_MAX = 6

/** The same numbers by day. */
export function DayCharts({ days }: { days: Days }) {
  const vendors = keysOf(days, ({ vendors }) => vendors)
  const reasons = keysOf(days, ({ reasons }) => reasons)
  const shown = reasons.slice(0, REASONS_SHOWN_MAX)
  const hidden = reasons.slice(REASONS_SHOWN_MAX)
  return (
    <Stack gap="lg">
      <Chart
        title="Links by day"
        said={`${total(days, 'minted')} made, ${total(days, 'received')} with an accepted file`}
      >
        <AreaChart
          h={240}
          data={days.map(({ day, minted, opened, received, succeeded }) => ({
            day,
            minted,
            opened,
            received,
            succeeded,
          }))}
          dataKey="day"
          series={[
            { name: 'minted', label: 'Made', color: 'gray.5' },
            { name: 'opened', label: 'Opened', color: 'blue.5' },
            { name: 'received', label: 'Accepted', color: 'yellow.7' },
            { name: 'succeeded', label: 'Succeeded', color: 'drop.5' },
          ]}
          curveType="monotone"
          withDots={false}
          withLegend
          fillOpacity={0.12}
          xAxisProps={{ tickFormatter: sayDay, minTickGap: 24 }}
          yAxisProps={{ allowDecimals: false, width: 44 }}
          areaChartProps={{ accessibilityLayer: false }}
        />
      </Chart>
      <Columns cols={{ base: 1, md: 2 }} spacing="lg">
        <StackedBars
          title="Accepted files by vendor"
          keys={vendors}
          colors={VENDOR_COLORS}
          data={days.map(({ day, vendors }) => ({ day, ...vendors }))}
          nameOf={(key) => nameVendor(key as Vendor)}
        />
        <StackedBars
          title="What stops people, by day"
          keys={hidden.length > 0 ? [...shown, OTHERS] : shown}
          colors={REASON_COLORS}
          data={days.map(({ day, reasons }) => ({
            day,
            ...Object.fromEntries(shown.map((key) => [key, reasons[key] ?? 0])),
            [OTHERS]: hidden.reduce((sum, key) => sum + (reasons[key] ?? 0), 0),
          }))}
          nameOf={(key) => (key === OTHERS ? 'Other reasons' : wordsForReason(key))}
        />
      </Columns>
    </Stack>
  )
}

const OTHERS = 'others'

interface StackProps {
  title: string
  keys: readonly string[]
  colors: readonly string[]
  data: Record<string, string | number>[]
  nameOf: (key: string) => string
}

function StackedBars({ title, keys, colors, data, nameOf }: StackProps) {
  if (keys.length === 0) {
    return (
      <Chart title={title} said="nothing in this period">
        <Text size="sm" c="dimmed">
          Nothing in this period.
        </Text>
      </Chart>
    )
  }
  return (
    <Chart title={title} said={keys.map(nameOf).join(', ')}>
      <BarChart
        h={260}
        data={data}
        dataKey="day"
        type="stacked"
        series={keys.map((key, at) => ({
          name: key,
          label: nameOf(key),
          color: colors[at % colors.length]!,
        }))}
        withLegend
        legendProps={{ verticalAlign: 'bottom' }}
        xAxisProps={{ tickFormatter: sayDay, minTickGap: 24 }}
        yAxisProps={{ allowDecimals: false, width: 44 }}
        barChartProps={{ accessibilityLayer: false }}
      />
    </Chart>
  )
}

/** A chart with its heading. The page's tables have the numbers. */
const Chart = ({ title, said, children }: { title: string; said: string; children: ReactNode }) => (
  <Paper withBorder p="md">
    <Title order={2} size="h4" mb="sm">
      {title}
    </Title>
    <div role="img" aria-label={`${title}: ${said}`}>
      {children}
    </div>
  </Paper>
)

/** Names that occur at all, the most frequent first. */
function keysOf<Key extends string>(
  days: Days,
  of: (day: Days[number]) => Partial<Record<Key, number>>,
): Key[] {
  const counts = new Map<Key, number>()
  for (const day of days) {
    for (const [key, count] of Object.entries(of(day)) as [Key, number][])
      counts.set(key, (counts.get(key) ?? 0) + count)
  }
  return [...counts].sort(([, one], [, other]) => other - one).map(([key]) => key)
}

const total = (days: Days, stage: 'minted' | 'received'): number =>
  days.reduce((sum, day) => sum + day[stage], 0)

/** `4 Mar`, whatever zone the reader is in. */
const sayDay = (day: string): string =>
  new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(day))
