import { Group, Paper, Progress, Stack, Text, Title } from '@mantine/core'
import type { Insights } from '#lib/insights/wire.ts'

const STAGES: { key: keyof Insights['funnel']; label: string; explained: string }[] = [
  { key: 'minted', label: 'Link made', explained: 'your program asked for a link' },
  { key: 'opened', label: 'Opened', explained: 'somebody saw the upload page' },
  { key: 'checked', label: 'Checked', explained: 'the browser found a good file and began to send it' },
  { key: 'uploaded', label: 'Sent', explained: 'the last byte was in' },
  { key: 'received', label: 'Accepted', explained: 'the server found it good, too' },
  { key: 'succeeded', label: 'Succeeded', explained: 'the analysis ended well' },
]

const SHARE = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 })

/** How many links came how far, each stage against all of them and against the one before. */
export function Funnel({ funnel }: { funnel: Insights['funnel'] }) {
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        How far people come
      </Title>
      <Stack gap="sm" component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
        {STAGES.map(({ key, label, explained }, at) => {
          const before = at === 0 ? funnel.minted : funnel[STAGES[at - 1]!.key]
          const lost = before - funnel[key]
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
                {lost > 0 ? `; ${lost.toLocaleString('en')} stopped before` : ''}
              </Text>
            </li>
          )
        })}
      </Stack>
    </Paper>
  )
}
