import { Group, Paper, Progress, Stack, Text, Title } from '@mantine/core'
import type { Insights } from '#lib/insights/wire.ts'
import { saySeconds } from '../kit/say-units.ts'
import { commonestStop } from './commonest-stop.ts'
import { missingAt, STAGES } from './funnel-stages.ts'
import type { ShownInsights } from './insights-query.ts'

const SHARE = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 })

/**
 * How many links reached each stage, compared with all links and with the stage before. A link that can still be used
 * has not stopped.
 */
export function Funnel({
  insights,
}: {
  insights: Pick<ShownInsights, 'funnel' | 'waiting' | 'stops' | 'vendors'>
}) {
  const { funnel } = insights
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        How far people get
      </Title>
      <Text size="xs" c="dimmed" mb="sm">
        A link that stopped counts once: by the last refusal or failure of its file, else because its page was
        left or its time was over; a canceled link counts as canceled.
      </Text>
      <Stack gap="sm" component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
        {STAGES.map(({ key, label, explained }, at) => {
          const { open, stopped } = missingAt(at, insights)
          return (
            <li key={key}>
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Text size="sm" fw={600}>
                  {label}
                </Text>
                <Text size="sm">
                  {funnel[key].toLocaleString('en')}
                  {funnel.minted > 0 && (
                    <Text span size="xs" c="dimmed" ml={6}>
                      {SHARE.format(funnel[key] / funnel.minted)}
                    </Text>
                  )}
                </Text>
              </Group>
              <Progress
                value={funnel.minted === 0 ? 0 : (funnel[key] / funnel.minted) * 100}
                aria-label={`${label}, share of all links`}
                size="lg"
              />
              <Text size="xs" c="dimmed">
                {explained}
                {open > 0 ? `; ${open.toLocaleString('en')} can still get here` : ''}
                {stopped > 0
                  ? `; ${stopped.toLocaleString('en')} stopped before${commonestStop(key, insights)}`
                  : ''}
              </Text>
            </li>
          )
        })}
      </Stack>
    </Paper>
  )
}

const STEPS: { key: keyof Insights['median_seconds']; label: string }[] = [
  { key: 'until_opened', label: 'From the link until it is opened' },
  { key: 'until_received', label: 'From opening until the file is received' },
  { key: 'until_done', label: 'From receiving the file until the result' },
]

/** Median times. */
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
          Medians: half of the links take longer.
        </Text>
      </Stack>
    </Paper>
  )
}
