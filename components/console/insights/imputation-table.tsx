import { Paper, Table, Text, Title } from '@mantine/core'
import type { Insights } from '#lib/insights/wire.ts'
import { sayBytes, saySeconds } from '../kit/say-units.ts'

/** What imputing costs a sample, by panel. */
export function ImputationTable({ panels }: { panels: Insights['imputation'] }) {
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        Imputation
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        Half of the samples cost less than this, and half more.
      </Text>
      <Table.ScrollContainer minWidth={400} type="native" tabIndex={0}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Panel</Table.Th>
              <Table.Th ta="right">Samples</Table.Th>
              <Table.Th ta="right">Processor time</Table.Th>
              <Table.Th ta="right">File</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {panels.map(({ panel, samples, median_cpu_seconds, median_bytes }) => (
              <Table.Tr key={panel}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{panel}</Table.Td>
                <Table.Td ta="right">{samples.toLocaleString('en')}</Table.Td>
                <Table.Td ta="right">{saySeconds(median_cpu_seconds)}</Table.Td>
                <Table.Td ta="right">{median_bytes === null ? '–' : sayBytes(median_bytes)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}
