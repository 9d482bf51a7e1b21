'use client'

import { Button, Fieldset, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import type { WireUser } from '#lib/people/wire.ts'
import { showFieldErrors, useAct } from '../api/use-api.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson, useSignOut } from '../frame/signed-in-person.tsx'
import { useUnsaved } from '../frame/unsaved-work.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { FormError } from '../kit/form-error.tsx'
import { OvertakenNotice } from '../kit/overtaken-notice.tsx'
import { useDraft } from '../kit/use-draft.ts'
import { AccountTabs } from './account-tabs.tsx'
import { SecondFactorPanel } from './second-factor-panel.tsx'
import { SessionList } from './session-list.tsx'

/** The signed-in person's name, password, second factor and sessions. */
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
      <AccountTabs page="account" />
      <Panel title="You">
        <ProfileForm />
      </Panel>
      <Panel
        title="Password"
        words="A new password ends every other session, and the tokens that programs got with the old one."
      >
        <PasswordForm />
      </Panel>
      <Panel
        title="Second factor"
        words="A code from an authenticator app, in addition to your password. Knowing your password is then not enough to sign in."
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
    <Paper withBorder p="lg" component="section" aria-label={title}>
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

/** The person's name. The email address identifies them and cannot be changed here. */
function ProfileForm() {
  const { user } = useSignedInPerson()
  const router = useRouter()
  const { form, changed, saving, error, save, overtaken, takeTheirs } = useDraft<
    Pick<WireUser, 'name'>,
    unknown,
    WireUser
  >({
    kept: { name: user.name },
    source: { path: 'user/', values: ({ name }) => ({ name }) },
    act: { path: '/api/auth/profile', done: 'Saved.' },
    saved: () => router.refresh(),
  })
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack>
        <FormError form={form} error={error} />
        <OvertakenNotice fields={overtaken.length > 0 ? ['Name'] : []} take={takeTheirs} />
        <Group align="end">
          <TextInput
            label="Name"
            autoComplete="name"
            required
            flex="1 1 14rem"
            {...form.getInputProps('name')}
          />
          <Button type="submit" variant="default" loading={saving} disabled={!changed}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const PASSWORD_CHARACTERS_MIN = 12
const EMPTY = { current_password: '', new_password: '' }

function PasswordForm() {
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      new_password: (text) =>
        text.length < PASSWORD_CHARACTERS_MIN ? `At least ${PASSWORD_CHARACTERS_MIN} characters` : null,
    },
  })
  useUnsaved(form.isDirty())
  const save = useAct<typeof EMPTY>({
    path: '/api/auth/password',
    done: 'Your password was changed. You are signed out everywhere else.',
    toast: false,
  })
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        save.mutate(values, {
          onSuccess: () => form.reset(),
          onError: (error) => showFieldErrors(form, error),
        }),
      )}
    >
      <Stack>
        <FormError form={form} error={save.error} />
        <Fieldset variant="unstyled" disabled={save.isPending}>
          <Stack>
            <PasswordInput
              label="Current password"
              autoComplete="current-password"
              required
              {...form.getInputProps('current_password')}
            />
            <PasswordInput
              label="New password"
              description={`At least ${PASSWORD_CHARACTERS_MIN} characters`}
              autoComplete="new-password"
              required
              {...form.getInputProps('new_password')}
            />
          </Stack>
        </Fieldset>
        <Group>
          <Button type="submit" variant="default" loading={save.isPending}>
            Change the password
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
