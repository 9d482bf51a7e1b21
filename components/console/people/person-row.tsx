'use client'

import { ActionIcon, Group, Menu, Modal, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { WirePerson } from '#lib/people/wire.ts'
import { SessionList } from '../account/session-list.tsx'
import { useAct } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { SENDING, useUnsaved } from '../frame/unsaved-work.tsx'
import { confirmFirst } from '../kit/confirm.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { showSecretOnce } from '../kit/show-secret-once.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { RolesDialog } from './roles-dialog.tsx'

/** One person, and what an owner can do about them. */
export function PersonRow({ person }: { person: WirePerson }) {
  const { user } = useSignedInPerson()
  const self = person.id === user.id
  return (
    <Table.Tr>
      <Table.Td>
        <Stack gap={0}>
          <Text fw={600} size="sm">
            {person.name || person.email}
            {self && ' (you)'}
          </Text>
          {person.name && (
            <Text size="xs" c="dimmed">
              {person.email}
            </Text>
          )}
        </Stack>
      </Table.Td>
      <Table.Td>
        <Group gap="xs">
          <Text size="sm">{rolesInWords(person)}</Text>
          {person.disabled_at && <StatusBadge status="disabled" />}
        </Group>
      </Table.Td>
      <Table.Td>{person.second_factor ? 'On' : 'Off'}</Table.Td>
      <Table.Td>
        <TimeAgo time={person.last_seen_at} none="Not signed in" />
      </Table.Td>
      <Table.Td>
        <PersonMenu person={person} self={self} />
      </Table.Td>
    </Table.Tr>
  )
}

function rolesInWords({ role, project_roles: single }: WirePerson): string {
  const projects = single.length === 1 ? 'one project' : `${single.length} projects`
  if (!role) return single.length === 0 ? 'nothing yet' : `only in ${projects}`
  return single.length === 0 ? role : `${role}, and more in ${projects}`
}

function PersonMenu({ person, self }: { person: WirePerson; self: boolean }) {
  const [roles, rolesDialog] = useDisclosure()
  const [sessions, sessionsDialog] = useDisclosure()
  const name = person.name || person.email
  const { disable, enable, unlock, reset } = usePersonActs(person)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" aria-label={`Actions for ${name}`}>
            <ConsoleIcon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={rolesDialog.open}>Name and roles</Menu.Item>
          <Menu.Item onClick={sessionsDialog.open}>Sessions</Menu.Item>
          {!person.disabled_at && <Menu.Item onClick={reset}>Create a password reset link</Menu.Item>}
          {person.second_factor && !self && <Menu.Item onClick={unlock}>Remove the second factor</Menu.Item>}
          {!self && <Menu.Divider />}
          {!self && !person.disabled_at && (
            <Menu.Item c="var(--mantine-color-error)" onClick={disable}>
              Disable
            </Menu.Item>
          )}
          {person.disabled_at && <Menu.Item onClick={enable}>Enable</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <RolesDialog person={person} opened={roles} close={rolesDialog.close} />
      <SessionsDialog person={person} opened={sessions} close={sessionsDialog.close} />
    </>
  )
}

function usePersonActs(person: WirePerson) {
  const name = person.name || person.email
  const change = useAct<{ disabled?: boolean; second_factor?: false }>({
    method: 'PATCH',
    path: `users/${person.id}`,
    done: `${name} was changed.`,
  })
  const link = useAct<void, { url: string }>({
    path: `user-reset-link/${person.id}`,
    answered: ({ url }) =>
      showSecretOnce({
        title: `New password for ${name}`,
        words: 'Send this link to the person by a channel you trust. It works once, for an hour.',
        secret: url,
        copy: 'Copy the link',
      }),
  })
  useUnsaved(link.isPending, SENDING)
  return {
    disable: () =>
      confirmFirst({
        title: `Disable ${name}?`,
        children:
          'Their sessions, tokens, API keys and download links stop working at once, and so does every key, invitation and reset link that they or their keys made. Once you enable them again, their keys work again; sessions, invitations and reset links do not. Webhooks belong to their project and stay.',
        confirm: 'Disable',
        onConfirm: () => change.mutate({ disabled: true }),
      }),
    enable: () => change.mutate({ disabled: false }),
    unlock: () =>
      confirmFirst({
        title: `Remove the second factor of ${name}?`,
        children:
          'Do this only if you are sure that the request came from them: their password alone will then be enough to sign in.',
        confirm: 'Remove it',
        onConfirm: () => change.mutate({ second_factor: false }),
      }),
    reset: () => link.mutate(),
  }
}

/** Where a person is signed in. */
function SessionsDialog({
  person,
  opened,
  close,
}: {
  person: WirePerson
  opened: boolean
  close: () => void
}) {
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={`Sessions of ${person.name || person.email}`}
      size="xl"
      centered
    >
      <SessionList userId={person.id} />
    </Modal>
  )
}
