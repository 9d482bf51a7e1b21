'use client'

import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { useSignOut } from '../frame/use-sign-out.ts'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { PasswordForm } from './password-form.tsx'
import { ProfileForm } from './profile-form.tsx'
import { SecondFactorPanel } from './second-factor-panel.tsx'
import { SessionList } from './session-list.tsx'

/** Name, password, second factor and sessions of whoever looks. */
export function AccountPage() {
  const { user } = useSignedInPerson()
  const signOut = useSignOut()
  return (
    <PageFrame
      title="Account"
      description={`You are signed in as ${user.email}.`}
      actions={
        <Button variant="default" leftSection={<ConsoleIcon name="out" size={16} />} onClick={signOut}>
          Sign out
        </Button>
      }
    >
      <Panel title="You">
        <ProfileForm />
      </Panel>
      <Panel
        title="Password"
        words="A new one ends every other session, and tokens that programs got with the old one."
      >
        <PasswordForm />
      </Panel>
      <Panel
        title="Second factor"
        words="A code of an authenticator app, besides the password. Whoever learns your password still stays out."
      >
        <SecondFactorPanel />
      </Panel>
      <Stack gap="sm">
        <Title order={2} size="h4">
          Sessions
        </Title>
        <SessionList />
      </Stack>
    </PageFrame>
  )
}

function Panel({ title, words, children }: { title: string; words?: string; children: ReactNode }) {
  return (
    <Paper withBorder p="lg">
      <Group align="flex-start" gap="xl">
        <Stack gap={4} flex="1 1 14rem">
          <Title order={2} size="h4">
            {title}
          </Title>
          {words && (
            <Text size="sm" c="dimmed">
              {words}
            </Text>
          )}
        </Stack>
        <Stack flex="2 1 20rem">{children}</Stack>
      </Group>
    </Paper>
  )
}
