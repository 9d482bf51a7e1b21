'use client'

import { List, Loader, Stack, Text } from '@mantine/core'
import type { WireGrants } from '#lib/people/wire.ts'
import { useApi } from '../api/use-api.tsx'

/** What revoking a key ends, before it is revoked. */
export function KeyGrants({ keyId }: { keyId: string }) {
  const { data, isPending } = useApi<WireGrants>(`user-api-keys/${keyId}/grants`)
  return (
    <Stack gap="xs">
      <Text size="sm">
        Programs that use this key are refused from now on, and download links it was given stop working.
        Upload links made with it continue to work until they expire, and webhooks belong to their project and
        stay. This cannot be undone.
      </Text>
      {isPending && <Loader size="sm" aria-label="Looking for what was made with it" />}
      {data && <Ending grants={data} />}
      {!isPending && !data && (
        <Text size="sm">What was made with it could not be shown. It ends with the key in any case.</Text>
      )}
    </Stack>
  )
}

function Ending({ grants: { keys, invitations, reset_links: resets } }: { grants: WireGrants }) {
  if (keys.length + invitations.length + resets === 0) {
    return <Text size="sm">Nothing else was made with it.</Text>
  }
  return (
    <>
      <Text size="sm">This ends with it:</Text>
      <List size="sm" style={{ overflowWrap: 'anywhere' }}>
        {keys.map(({ id, name, prefix, role }) => (
          <List.Item key={id}>
            the key {name} ({prefix}…, {role})
          </List.Item>
        ))}
        {invitations.map(({ id, email, role }) => (
          <List.Item key={id}>
            the invitation of {email} as {role}
          </List.Item>
        ))}
        {resets > 0 && (
          <List.Item>{resets === 1 ? 'one password reset link' : `${resets} password reset links`}</List.Item>
        )}
      </List>
    </>
  )
}
