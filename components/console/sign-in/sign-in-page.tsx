'use client'

import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { SecondFactorForm } from './second-factor-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import { useSignIn } from './use-sign-in.ts'

/** Email address and password, then a code where there is a second factor. */
export function SignInPage({ next }: { next: string }) {
  const signIn = useSignIn(next)
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } })
  if (signIn.codeNeeded) {
    return (
      <SignInFrame title="One more step">
        <SecondFactorForm signIn={signIn} />
      </SignInFrame>
    )
  }
  return (
    <SignInFrame title="Sign in" description="To this service’s console.">
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
            autoFocus
            required
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signIn.busy} disabled={!signIn.ready} fullWidth>
            Sign in
          </Button>
          <Text size="sm" c="dimmed">
            Forgot your password? An owner of this service can give you a link to choose a new one.
          </Text>
        </Stack>
      </form>
    </SignInFrame>
  )
}
