'use client'

import { Alert, Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { showFieldErrors, useAct, wordsOf } from '../api/use-api.tsx'

const PASSWORD_CHARACTERS_MIN = 12
const EMPTY = { current_password: '', new_password: '' }

export function PasswordForm() {
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      new_password: (text) =>
        text.length < PASSWORD_CHARACTERS_MIN ? `At least ${PASSWORD_CHARACTERS_MIN} characters` : null,
    },
  })
  const save = useAct<typeof EMPTY>({
    path: '/api/auth/password',
    renews: ['user-sessions'],
    done: 'Your password was changed. You are signed out everywhere else.',
    toast: false,
  })
  const shown = Object.keys(form.errors).length > 0
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
        {save.error && !shown && (
          <Alert color="red" role="alert">
            {wordsOf(save.error)}
          </Alert>
        )}
        <PasswordInput
          label="Present password"
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
        <Group>
          <Button type="submit" variant="default" loading={save.isPending}>
            Change the password
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
