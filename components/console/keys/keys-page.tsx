'use client'

import { Button, Code, Group, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import type { WireApiKey } from '#lib/keys/wire.ts'
import { AccountTabs } from '../account/account-tabs.tsx'
import { useAct, useApiOrigin, useList } from '../api/use-api.tsx'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { CodeSample } from '../kit/code-sample.tsx'
import { confirmFirst } from '../kit/confirm.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { countOf } from '../kit/count-of.ts'
import { askFor, FIRST_PAGE } from '../kit/page-place.ts'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TableFrame } from '../kit/table-frame.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { KeyGrants } from './key-grants.tsx'
import { NewKeyDialog } from './new-key-dialog.tsx'

const LIMIT = 50

/** API keys: what each can do, where it may be used from, and when it was last used. */
export function KeysPage() {
  const [asking, dialog] = useDisclosure()
  const [place, turn] = useState(FIRST_PAGE)
  const origin = useApiOrigin()
  const keys = useList<WireApiKey>('user-api-keys/', { limit: LIMIT, ...askFor(place) })
  const generate = (
    <Button leftSection={<ConsoleIcon name="plus" size={16} />} onClick={dialog.open}>
      Generate new API key
    </Button>
  )
  return (
    <PageFrame
      title="API keys"
      description="Programs call the partner API with a key. Give each program its own, and no more than it needs."
      actions={generate}
    >
      <AccountTabs page="keys" />
      <ApiResult
        result={keys}
        lines={6}
        empty={{
          when: ({ meta }) => meta.count === 0,
          show: (
            <Stack>
              <EmptyState icon="keys" title="No API keys yet" action={generate}>
                A key is shown once, when it is generated. Your program sends it with every request; anyone
                who has it can do what it can.
              </EmptyState>
              <CodeSample
                title="How a program uses a key"
                text={`curl -H 'Authorization: Api-Key <key>' ${origin}/api/v2/projects/`}
              />
            </Stack>
          ),
        }}
      >
        {({ results, meta }) => (
          <TableFrame
            label="API keys"
            head={['Name', 'Prefix', 'Role', 'Project', 'Expires', 'Last used', 'Actions']}
            pages={{ meta, rows: results.length, limit: LIMIT, place, turn }}
          >
            {results.map((key) => (
              <KeyRow key={key.id} apiKey={key} />
            ))}
          </TableFrame>
        )}
      </ApiResult>
      <NewKeyDialog opened={asking} close={dialog.close} />
    </PageFrame>
  )
}

/** One key's name and limits, never the key itself. */
function KeyRow({ apiKey }: { apiKey: WireApiKey }) {
  const { projects } = useChosenProject()
  const revoke = useAct({
    method: 'DELETE',
    path: `user-api-keys/${apiKey.id}`,
    done: `${apiKey.name} was revoked.`,
  })
  const project = projects.find(({ id }) => id === apiKey.project_id)
  const limits = [
    apiKey.ip_range && `from ${apiKey.ip_range.join(', ')}`,
    apiKey.requests_per_minute && `${countOf(apiKey.requests_per_minute, 'request')} a minute`,
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
              children: <KeyGrants keyId={apiKey.id} />,
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
