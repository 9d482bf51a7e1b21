import { Paper, Table, Text, Title } from '@mantine/core'

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
        <Table.ScrollContainer minWidth={360} type="native" tabIndex={0}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Reason</Table.Th>
                <Table.Th>What happened</Table.Th>
                <Table.Th ta="right">Count</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {reasons.map(({ kind, reason, words, count }) => (
                <Table.Tr key={`${kind} ${reason}`}>
                  <Table.Td>{words}</Table.Td>
                  <Table.Td>{KINDS[kind] ?? kind}</Table.Td>
                  <Table.Td ta="right">{count.toLocaleString('en')}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  )
}
