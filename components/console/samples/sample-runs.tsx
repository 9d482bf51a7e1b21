'use client'

import { Paper, Table, Text } from '@mantine/core'
import type { WireRun } from '#lib/analysis/run-wire.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { useList } from '../api/use-api.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'

const REFRESH_SECONDS = 5
const KINDS: Record<WireRun['kind'], string> = { array: 'Array export', fastq: 'FASTQ files' }

/** Every analysis of a sample, with its note. */
export function SampleRuns({ sample }: { sample: SampleDetails }) {
  const runs = useList<WireRun>(`sample-runs/${sample.id}`, {}, { everySeconds: REFRESH_SECONDS })
  return (
    <ApiResult
      result={runs}
      lines={3}
      empty={{
        when: ({ results }) => results.length === 0,
        show: (
          <EmptyState icon="refresh" title="No runs yet">
            A run starts by itself once a file is accepted.
          </EmptyState>
        ),
      }}
    >
      {({ results }) => (
        <Paper withBorder p="md">
          <Table.ScrollContainer minWidth={560} type="native">
            <Table verticalSpacing={7}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Run</Table.Th>
                  <Table.Th>State</Table.Th>
                  <Table.Th>Started</Table.Th>
                  <Table.Th>Took</Table.Th>
                  <Table.Th>Note</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {results.map((run) => (
                  <Table.Tr key={run.id}>
                    <Table.Td>
                      <Text size="sm">{KINDS[run.kind]}</Text>
                      <Text size="xs" c="dimmed" ff="monospace">
                        {run.id}
                      </Text>
                    </Table.Td>
                    <Table.Td>
                      <StatusBadge status={run.state} />
                      {run.attempts > 1 && (
                        <Text size="xs" c="dimmed">
                          {run.attempts} attempts
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td>
                      <TimeAgo time={run.started_at} none="waiting" />
                    </Table.Td>
                    <Table.Td>{sayDuration(run)}</Table.Td>
                    <Table.Td maw={320} style={{ overflowWrap: 'anywhere' }}>
                      {run.note || '–'}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Paper>
      )}
    </ApiResult>
  )
}

function sayDuration({ started_at, ended_at }: WireRun): string {
  if (!started_at || !ended_at) return '–'
  const seconds = (Date.parse(ended_at) - Date.parse(started_at)) / 1_000
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`
}
