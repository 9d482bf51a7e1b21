'use client'

import { Button, Table, Tabs, TextInput } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import type { WireInvitation, WirePerson } from '#lib/people/wire.ts'
import { useAct, useList } from '../api/use-api.tsx'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { confirmFirst } from '../kit/confirm.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { NotForYou } from '../kit/not-for-you.tsx'
import { askFor, FIRST_PAGE } from '../kit/page-place.ts'
import { TableFrame } from '../kit/table-frame.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { PersonRow } from './person-row.tsx'

const LIMIT = 50

/** The people who may sign in, and those who were invited. */
export function PeoplePage() {
  const { mayEverywhere } = useSignedInPerson()
  if (mayEverywhere('user_manage')) return <AllPeople />
  return (
    <PageFrame title="People">
      <NotForYou who="owners" what="invite people or change their roles" />
    </PageFrame>
  )
}

function AllPeople() {
  const [inviting, dialog] = useDisclosure()
  const [place, turn] = useState(FIRST_PAGE)
  const invitations = useList<WireInvitation>('user-invitations/', { limit: LIMIT, ...askFor(place) })
  const open = invitations.data?.meta.count ?? 0
  return (
    <PageFrame
      title="People"
      description="People who can use this console and the API. Programs use API keys."
      actions={
        <Button leftSection={<ConsoleIcon name="plus" size={16} />} onClick={dialog.open}>
          Invite a person
        </Button>
      }
    >
      <Tabs defaultValue="people" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="people">People</Tabs.Tab>
          <Tabs.Tab value="invitations">Invitations{open > 0 ? ` (${open})` : ''}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people">
          <People />
        </Tabs.Panel>
        <Tabs.Panel value="invitations">
          <ApiResult
            result={invitations}
            lines={3}
            empty={{
              when: (page) => page.results.length === 0 && place === FIRST_PAGE,
              show: (
                <EmptyState icon="people" title="No open invitations">
                  Invite a colleague: you get a link to send them, which works once, for a week. They choose
                  their own password.
                </EmptyState>
              ),
            }}
          >
            {(page) => (
              <TableFrame
                label="Invitations"
                head={['Email address', 'Role', 'Invited', 'Valid until', 'Actions']}
                pages={{ meta: page.meta, rows: page.results.length, limit: LIMIT, place, turn }}
              >
                {page.results.map((invitation) => (
                  <InvitationRow key={invitation.id} invitation={invitation} />
                ))}
              </TableFrame>
            )}
          </ApiResult>
        </Tabs.Panel>
      </Tabs>
      <InviteDialog opened={inviting} close={dialog.close} />
    </PageFrame>
  )
}

function People() {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 250)
  const [place, turn] = useState(FIRST_PAGE)
  const people = useList<WirePerson>('users/', { search, limit: LIMIT, ...askFor(place) })
  return (
    <>
      <TextInput
        label="Find"
        placeholder="Name or email address"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          turn(FIRST_PAGE)
        }}
        maw={320}
        mb="md"
      />
      <ApiResult
        result={people}
        empty={{
          when: (page) => page.results.length === 0,
          show: (
            <EmptyState icon="search" title="No matching person">
              Search for part of a name or email address.
            </EmptyState>
          ),
        }}
      >
        {({ meta, results }) => (
          <TableFrame
            label="People"
            head={['Person', 'Role', 'Second factor', 'Last seen', 'Actions']}
            pages={{ meta, rows: results.length, limit: LIMIT, place, turn }}
          >
            {results.map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </TableFrame>
        )}
      </ApiResult>
    </>
  )
}

/** An invitation that can still be accepted. */
function InvitationRow({ invitation }: { invitation: WireInvitation }) {
  const { projects } = useChosenProject()
  const withdraw = useAct({
    method: 'DELETE',
    path: `user-invitations/${invitation.id}`,
    done: 'The invitation was withdrawn.',
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
              title: 'Withdraw the invitation?',
              children: `The link sent to ${invitation.email} stops working.`,
              confirm: 'Withdraw it',
              onConfirm: () => withdraw.mutate(),
            })
          }
        >
          Withdraw
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}
