'use client'

import type { AreaChartProps, BarChartProps } from '@mantine/charts'
import { Text } from '@mantine/core'
import { type ComponentType, lazy, Suspense } from 'react'

type Height = { h: number }

const load = <Props,>(pick: (library: typeof import('./chart-library.ts')) => ComponentType<Props>) =>
  lazy(() =>
    import('./chart-library.ts').then(
      (library) => ({ default: pick(library) }),
      () => ({ default: NoChart as ComponentType<Props> }),
    ),
  )

const NoChart = () => (
  <Text size="sm" c="dimmed">
    The chart could not be loaded. Reload the page to see it.
  </Text>
)

const Areas = load<AreaChartProps>(({ AreaChart }) => AreaChart)
const Bars = load<BarChartProps>(({ BarChart }) => BarChart)

/** Blank until the library is there; nothing moves when it comes. */
export const AreaChart = (chart: AreaChartProps & Height) => (
  <Suspense fallback={<div style={{ blockSize: chart.h }} />}>
    <Areas {...chart} />
  </Suspense>
)

/** The same, with bars. */
export const BarChart = (chart: BarChartProps & Height) => (
  <Suspense fallback={<div style={{ blockSize: chart.h }} />}>
    <Bars {...chart} />
  </Suspense>
)
