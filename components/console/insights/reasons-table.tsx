import { Paper, Text, Title } from '@mantine/core'
import { FiguresTable } from '../kit/figures-table.tsx'

const KINDS: Record<string, string> = {
  refused_in_browser: 'File refused on the device',
  rejected: 'File refused by the service',
  interrupted: 'File could not get through',
  expired: 'Link ended',
  left: 'Page left',
}

interface Props {
  reasons: readonly { kind: string; reason: string; words: string; count: number }[]
}

/** What stopped people, most frequent first. One person can meet several reasons. */
export function ReasonsTable({ reasons }: Props) {
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        What stops people
      </Title>
      {reasons.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nobody was stopped in this period.
        </Text>
      ) : (
        <FiguresTable
          label="What stops people"
          head={['Reason', 'What happened', 'Count']}
          words={2}
          rows={reasons.map(({ kind, reason, words, count }) => ({
            key: `${kind} ${reason}`,
            cells: [words, KINDS[kind] ?? kind, count.toLocaleString('en')],
          }))}
        />
      )}
    </Paper>
  )
}
