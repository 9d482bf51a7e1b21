'use client'

import { Paper, Table, Text } from '@mantine/core'
import type { WireRun } from '#lib/analysis/run-wire.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { useList } from '../api/use-api.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { CardTable } from '../kit/card-table.tsx'
import { saySeconds } from '../kit/say-units.ts'
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
          <CardTable label="Runs" head={['Run', 'State', 'Started', 'Took', 'Note']} inBox>
            {results.map((run) => (
              <Table.Tr key={run.id}>
                <Table.Td>
                  <Text size="sm">{KINDS[run.kind]}</Text>
                  <Text size="xs" c="dimmed" ff="monospace">
                    {run.id}
                  </Text>
                  {run.panel && (
                    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                      Imputed with {run.panel}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <StatusBadge status={run.state} />
                  {run.state === 'running' && run.progress && (
                    <Text size="xs" c="dimmed">
                      {sayProgress(run.progress)}
                    </Text>
                  )}
                  {run.attempts > 1 && (
                    <Text size="xs" c="dimmed">
                      {run.attempts} attempts
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <TimeAgo time={run.started_at} none="waiting" />
                </Table.Td>
                <Table.Td>
                  {sayDuration(run)}
                  {run.cpu_seconds !== null && (
                    <Text size="xs" c="dimmed">
                      {saySeconds(run.cpu_seconds)} of processor time
                    </Text>
                  )}
                </Table.Td>
                <Table.Td maw={320} data-wide style={{ overflowWrap: 'anywhere' }}>
                  {run.note || '–'}
                </Table.Td>
              </Table.Tr>
            ))}
          </CardTable>
        </Paper>
      )}
    </ApiResult>
  )
}

/** Steps are regions of the genome, and two of them once more for their accuracy. */
function sayProgress({ steps, steps_done, seconds_left }: NonNullable<WireRun['progress']>): string {
  const done = `Imputing: ${steps_done} of ${steps} steps`
  if (seconds_left === null || steps_done === steps) return done
  const minutes = Math.round(seconds_left / 60)
  return `${done}, ${minutes < 1 ? 'less than a minute' : `about ${minutes} min`} left`
}

function sayDuration({ started_at, ended_at }: WireRun): string {
  if (!started_at || !ended_at) return '–'
  const seconds = (Date.parse(ended_at) - Date.parse(started_at)) / 1_000
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`
}
