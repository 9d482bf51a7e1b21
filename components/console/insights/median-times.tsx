import { Paper, Stack, Text, Title } from '@mantine/core'
import type { Insights } from '#lib/insights/wire.ts'
import { saySeconds } from './say-seconds.ts'

const STEPS: { key: keyof Insights['median_seconds']; label: string }[] = [
  { key: 'until_opened', label: 'From the link until it is opened' },
  { key: 'until_received', label: 'From opening until the file is in' },
  { key: 'until_done', label: 'From the file until the result' },
]

/** How long it takes half of them, at most. */
export function MedianTimes({ times }: { times: Insights['median_seconds'] }) {
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        How long it takes
      </Title>
      <Stack gap="lg">
        {STEPS.map(({ key, label }) => (
          <div key={key}>
            <Text size="sm" c="dimmed">
              {label}
            </Text>
            <Text fz="h2" fw={650}>
              {saySeconds(times[key])}
            </Text>
          </div>
        ))}
        <Text size="xs" c="dimmed">
          Medians: half of them take longer.
        </Text>
      </Stack>
    </Paper>
  )
}
