'use client'

import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { useSignIn } from './use-sign-in.ts'

interface Props {
  signIn: ReturnType<typeof useSignIn>
  /** Whose session it was; the field is then filled in. */
  email?: string
}

/** Requires email address and password. */
export function PasswordForm({ signIn, email = '' }: Props) {
  const form = useForm({ mode: 'uncontrolled', initialValues: { email, password: '' } })
  return (
    <form method="post" onSubmit={form.onSubmit((values) => signIn.submit('sign-in', values))}>
      <Stack>
        {signIn.error && (
          <Alert color="red" role="alert">
            {signIn.error}
          </Alert>
        )}
        <TextInput
          label="Email address"
          type="email"
          autoComplete="username"
          autoFocus={email === ''}
          required
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          autoFocus={email !== ''}
          data-autofocus
          required
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={signIn.busy} disabled={!signIn.ready} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}
