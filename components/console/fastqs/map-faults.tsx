import { Alert, ScrollArea, Table, Text } from '@mantine/core'
import type { MapFault } from '#lib/fastq/map/read-map.ts'
import { ConsoleIcon } from '../kit/console-icon.tsx'

const FAULTS_SHOWN_MAX = 200

/** Everything that is wrong with a map, by its lines. What stands there is not repeated: a signed URL opens its file. */
export function MapFaults({ faults }: { faults: readonly MapFault[] }) {
  const left = faults.length - FAULTS_SHOWN_MAX
  return (
    <Alert
      color="red"
      role="alert"
      icon={<ConsoleIcon name="warning" />}
      title={
        faults.length === 1
          ? 'One thing is wrong, and nothing was sent'
          : `${faults.length} things are wrong, and nothing was sent`
      }
    >
      <ScrollArea.Autosize mah={360} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={70}>Line</Table.Th>
              <Table.Th w={110}>Column</Table.Th>
              <Table.Th>What is wrong</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {faults.slice(0, FAULTS_SHOWN_MAX).map(({ line, column, message }) => (
              <Table.Tr key={`${line} ${column} ${message}`}>
                <Table.Td>{line}</Table.Td>
                <Table.Td>{column ?? ''}</Table.Td>
                <Table.Td>{message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {left > 0 && (
        <Text size="sm" mt="xs">
          … and {left} more
        </Text>
      )}
    </Alert>
  )
}
