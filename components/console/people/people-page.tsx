'use client'

import { Button, Tabs, TextInput } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import type { WireInvitation, WirePerson } from '#lib/people/wire.ts'
import { useList } from '../api/use-api.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { TableFrame } from '../kit/table-frame.tsx'
import { InvitationRow } from './invitation-row.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { PersonRow } from './person-row.tsx'

const LIMIT = 50

/** Everybody who may sign in, and who was invited. */
export function PeoplePage() {
  const [inviting, dialog] = useDisclosure()
  const invitations = useList<WireInvitation>('user-invitations/', { limit: 200 })
  const open = invitations.data?.meta.count ?? 0
  return (
    <PageFrame
      title="People"
      description="Who may use this console and the API as a person. Programs use API keys."
      actions={
        <Button leftSection={<ConsoleIcon name="plus" size={16} />} onClick={dialog.open}>
          Invite somebody
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
              when: (page) => page.results.length === 0,
              show: (
                <EmptyState icon="people" title="Nobody is invited">
                  Invite a colleague: you get a link to hand over, which works once and for a week. They
                  choose their own password.
                </EmptyState>
              ),
            }}
          >
            {(page) => (
              <TableFrame
                label="Invitations"
                head={['Email address', 'Role', 'Invited', 'Works until', 'Actions']}
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
  const [offset, turn] = useState(0)
  const people = useList<WirePerson>('users/', { search, limit: LIMIT, offset })
  return (
    <>
      <TextInput
        label="Find"
        placeholder="Name or email address"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          turn(0)
        }}
        maw={320}
        mb="md"
      />
      <ApiResult
        result={people}
        empty={{
          when: (page) => page.results.length === 0,
          show: (
            <EmptyState icon="search" title="Nobody has this name">
              Look for a part of the name or of the email address.
            </EmptyState>
          ),
        }}
      >
        {({ meta, results }) => (
          <TableFrame
            label="People"
            head={['Person', 'Role', 'Second factor', 'Last seen', 'Actions']}
            pages={{ count: meta.count, limit: LIMIT, offset, turn }}
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
