'use client'

import { Alert, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Queues } from '#lib/list-queues.ts'
import { useApi } from '../api/use-api.tsx'
import { ApiResult } from '../kit/api-result.tsx'
import { Columns } from '../kit/columns.tsx'
import { FiguresTable } from '../kit/figures-table.tsx'
import { saySeconds } from '../kit/say-units.ts'
import { StatusBadge } from '../kit/status-badge.tsx'

const REFRESH_SECONDS = 10
const PARTS = ['database', 'storage', 'queue', 'locks', 'sweep'] as const

/** What `/api/health` answers, with 200 and with 503. */
interface Health {
  status: string
  version: string
  database: string
  storage: string
  queue: string
  locks: string
  /** What time alone makes due: expiry, retention, erasure. */
  sweep: string
}

/** The health of each part of the service, and its waiting jobs. */
export function SystemHealth() {
  const health = useQuery<Health, Error>({
    queryKey: ['/api/health'],
    // An unhealthy service answers 503 with the same body.
    queryFn: async ({ signal }) => (await fetch('/api/health', { signal, cache: 'no-store' })).json(),
    refetchInterval: REFRESH_SECONDS * 1_000,
  })
  const queues = useApi<Queues>('queues/', {}, { everySeconds: REFRESH_SECONDS })
  return (
    <Columns cols={{ base: 1, md: 2 }} spacing="lg">
      <Paper withBorder p="md">
        <Title order={2} size="h4" mb="sm">
          The service
        </Title>
        <ApiResult result={health} lines={3}>
          {(there) => (
            <Stack gap="sm">
              {PARTS.map((part) => (
                <Group key={part} justify="space-between">
                  <Text size="sm" tt="capitalize">
                    {part === 'locks' ? 'Upload locks' : part}
                  </Text>
                  <StatusBadge status={there[part] === 'ok' ? 'working' : 'failing'} />
                </Group>
              ))}
              <Text size="xs" c="dimmed">
                Version {there.version}
              </Text>
            </Stack>
          )}
        </ApiResult>
      </Paper>
      <Paper withBorder p="md">
        <Title order={2} size="h4" mb="sm">
          Waiting jobs
        </Title>
        <ApiResult result={queues} lines={4}>
          {({ results, failing_steps }) => (
            <>
              {failing_steps.map(({ step, since, times }) => (
                <Alert key={step} color="red" mb="sm" title={`Failing: ${sayStep(step)}`}>
                  Since {new Date(since).toLocaleString()}, {times} {times === 1 ? 'time' : 'times'}. It is
                  tried again within a minute; the log has the reason.
                </Alert>
              ))}
              <FiguresTable
                label="Waiting jobs"
                head={['Jobs', 'Waiting', 'Running', 'Oldest']}
                rows={results.map(({ name, waiting, running, oldest_seconds }) => ({
                  key: name,
                  cells: [
                    name.replaceAll('_', ' ').replaceAll('-', ' '),
                    waiting,
                    running,
                    waiting === 0 ? '–' : saySeconds(oldest_seconds),
                  ],
                }))}
              />
            </>
          )}
        </ApiResult>
      </Paper>
    </Columns>
  )
}

/** `retainFiles` as words. */
const sayStep = (step: string) => step.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
