'use client'

import { Anchor, Button, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useApiOrigin, useList } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useChosenProject, useProjectCrumbs } from '../frame/chosen-project.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult, EmptyState, LoadingLines } from '../kit/api-result.tsx'
import { CodeSample } from '../kit/code-sample.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { PageLink } from '../kit/page-link.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TableFrame } from '../kit/table-frame.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { NewWebhookDialog } from './new-webhook-dialog.tsx'
import { healthOf, type Webhook } from './webhook.ts'

/** The longest page of the API. A project can have up to 250 webhooks, but hardly has that many. */
const LIMIT = 200

/** The webhooks of the chosen project. */
export function WebhooksPage() {
  const { project, loading } = useChosenProject()
  const { may } = useSignedInPerson()
  const crumbs = useProjectCrumbs()
  const [asking, dialog] = useDisclosure()
  const create = project && may('project_write', project.id) && (
    <Button leftSection={<ConsoleIcon name="plus" size={16} />} onClick={dialog.open}>
      New webhook
    </Button>
  )
  return (
    <PageFrame
      title="Webhooks"
      crumbs={crumbs}
      description={
        project
          ? `Notify your server of events in ${project.name}, so that it need not poll.`
          : 'Notify your server of events, so that it need not poll.'
      }
      actions={create}
    >
      {loading && <LoadingLines lines={5} />}
      {!loading && !project && (
        <EmptyState icon="projects" title="No project yet">
          Webhooks belong to projects. Create a project first.
        </EmptyState>
      )}
      {project && (
        <>
          <Webhooks key={project.id} projectId={project.id} create={create} />
          <NewWebhookDialog projectId={project.id} opened={asking} close={dialog.close} />
        </>
      )}
    </PageFrame>
  )
}

function Webhooks({ projectId, create }: { projectId: string; create: ReactNode }) {
  const origin = useApiOrigin()
  const webhooks = useList<Webhook>(
    `project-subscriptions/${projectId}`,
    { limit: LIMIT },
    { everySeconds: 15 },
  )
  return (
    <ApiResult
      result={webhooks}
      lines={5}
      empty={{
        when: ({ results }) => results.length === 0,
        show: (
          <Stack>
            <EmptyState icon="webhooks" title="No webhooks yet" action={create}>
              Enter an https address of your server and choose events. Deliveries are signed, retried for
              three days, and can be sent again later.
            </EmptyState>
            <CodeSample
              title="The same from the command line"
              text={[
                `curl -X POST ${origin}/api/v2/project-subscriptions/${projectId} \\`,
                `  -H 'Authorization: Api-Key <key>' -H 'Content-Type: application/json' \\`,
                `  -d '{"target": "https://partner.example/hook", "event_types": ["analysis_complete_v2"]}'`,
              ].join('\n')}
            />
          </Stack>
        ),
      }}
    >
      {({ results }) => (
        <TableFrame label="Webhooks" head={['Webhook', 'Events', 'Health', 'Signed']}>
          {results.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} />
          ))}
        </TableFrame>
      )}
    </ApiResult>
  )
}

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { name, target, event_types, failing_since, disabled_reason } = webhook
  return (
    <Table.Tr>
      <Table.Td maw={420} style={{ overflowWrap: 'anywhere' }}>
        <Anchor component={PageLink} href={sectionHref(webhook.project, 'webhooks', webhook.id)} fw={600}>
          {name || target}
        </Anchor>
        {name && (
          <Text size="xs" c="dimmed">
            {target}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{event_types.length}</Table.Td>
      <Table.Td>
        <StatusBadge status={healthOf(webhook)} />
        {!webhook.disabled && failing_since && (
          <Text size="xs" c="dimmed">
            since <TimeAgo time={failing_since} />
          </Text>
        )}
        {disabled_reason && (
          <Text size="xs" c="dimmed">
            {disabled_reason}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{webhook.has_secret ? 'Yes' : 'No secret yet'}</Table.Td>
    </Table.Tr>
  )
}
