'use client'

import { Button, Code, Group, Stack, Table, Text } from '@mantine/core'
import type { WireApiKey } from '#lib/keys/wire.ts'
import { useAct } from '../api/use-api.tsx'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { confirmFirst } from '../kit/confirm.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'

/** One key, never the key itself. */
export function KeyRow({ apiKey }: { apiKey: WireApiKey }) {
  const { projects } = useChosenProject()
  const revoke = useAct({
    method: 'DELETE',
    path: `user-api-keys/${apiKey.id}`,
    renews: ['user-api-keys'],
    done: `${apiKey.name} is revoked.`,
  })
  const project = projects.find(({ id }) => id === apiKey.project_id)
  const limits = [
    apiKey.ip_range && `from ${apiKey.ip_range.join(', ')}`,
    apiKey.requests_per_minute && `${apiKey.requests_per_minute} requests a minute`,
  ].filter((limit) => typeof limit === 'string')
  return (
    <Table.Tr>
      <Table.Td maw={260} miw={160} style={{ overflowWrap: 'anywhere' }}>
        <Stack gap={2}>
          <Text size="sm" fw={600}>
            {apiKey.name}
          </Text>
          {limits.map((limit) => (
            <Text key={limit} size="xs" c="dimmed">
              {limit}
            </Text>
          ))}
        </Stack>
      </Table.Td>
      <Table.Td>
        <Code>{apiKey.prefix}…</Code>
      </Table.Td>
      <Table.Td>{apiKey.role}</Table.Td>
      <Table.Td>{apiKey.project_id === null ? 'All' : (project?.name ?? apiKey.project_id)}</Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          {apiKey.expiry_date ?? 'Never'}
          {apiKey.has_expired && <StatusBadge status="expired" />}
        </Group>
      </Table.Td>
      <Table.Td>
        <TimeAgo time={apiKey.last_used_at} none="Not yet" />
      </Table.Td>
      <Table.Td>
        <Button
          size="compact-sm"
          variant="default"
          loading={revoke.isPending}
          aria-label={`Revoke ${apiKey.name}`}
          onClick={() =>
            confirmFirst({
              title: `Revoke ${apiKey.name}?`,
              children: 'Programs that use this key are refused from now on. This cannot be undone.',
              confirm: 'Revoke the key',
              onConfirm: () => revoke.mutate(),
            })
          }
        >
          Revoke
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}
