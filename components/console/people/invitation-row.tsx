'use client'

import { Button, Table } from '@mantine/core'
import type { WireInvitation } from '#lib/people/wire.ts'
import { useAct } from '../api/use-api.tsx'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { confirmFirst } from '../kit/confirm.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'

/** One invitation that can still be accepted. */
export function InvitationRow({ invitation }: { invitation: WireInvitation }) {
  const { projects } = useChosenProject()
  const withdraw = useAct({
    method: 'DELETE',
    path: `user-invitations/${invitation.id}`,
    renews: ['user-invitations'],
    done: 'The invitation was taken back.',
  })
  const project = projects.find(({ id }) => id === invitation.project_id)
  return (
    <Table.Tr>
      <Table.Td>{invitation.email}</Table.Td>
      <Table.Td>
        {invitation.role}
        {invitation.project_id && ` in ${project?.name ?? 'one project'}`}
      </Table.Td>
      <Table.Td>
        <TimeAgo time={invitation.created} />
      </Table.Td>
      <Table.Td>
        <TimeAgo time={invitation.expires_at} />
      </Table.Td>
      <Table.Td>
        <Button
          variant="default"
          size="xs"
          loading={withdraw.isPending}
          onClick={() =>
            confirmFirst({
              title: 'Take the invitation back?',
              children: `The link that ${invitation.email} got stops working.`,
              confirm: 'Take it back',
              onConfirm: () => withdraw.mutate(),
            })
          }
        >
          Take back
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}
