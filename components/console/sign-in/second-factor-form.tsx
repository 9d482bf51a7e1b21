'use client'

import { Alert, Anchor, Button, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { useSignIn } from './use-sign-in.ts'

/** Requires a code from the authenticator app, or a recovery code. */
export function SecondFactorForm({ signIn }: { signIn: ReturnType<typeof useSignIn> }) {
  const form = useForm({ mode: 'uncontrolled', initialValues: { code: '' } })
  return (
    <form method="post" onSubmit={form.onSubmit((values) => signIn.submit('second-step', values))}>
      <Stack>
        {signIn.error && (
          <Alert color="red" role="alert">
            {signIn.error}
          </Alert>
        )}
        <TextInput
          label="Code"
          description="Six digits from your authenticator app, or one of your recovery codes"
          inputMode="text"
          autoComplete="one-time-code"
          autoFocus
          required
          {...form.getInputProps('code')}
        />
        <Button type="submit" loading={signIn.busy} disabled={!signIn.ready} fullWidth>
          Sign in
        </Button>
        <Anchor component="button" type="button" size="sm" className="lone-link" onClick={signIn.startOver}>
          Start over with the password
        </Anchor>
      </Stack>
    </form>
  )
}
