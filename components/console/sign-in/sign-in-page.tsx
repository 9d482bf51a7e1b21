'use client'

import { Stack, Text } from '@mantine/core'
import { PasswordForm } from './password-form.tsx'
import { SecondFactorForm } from './second-factor-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import { useSignIn } from './use-sign-in.ts'

/** Email address and password, then a code where there is a second factor. */
export function SignInPage({ next }: { next: string }) {
  const signIn = useSignIn(next)
  if (signIn.codeNeeded) {
    return (
      <SignInFrame title="One more step">
        <SecondFactorForm signIn={signIn} />
      </SignInFrame>
    )
  }
  return (
    <SignInFrame title="Sign in" description="To this service’s console.">
      <Stack>
        <PasswordForm signIn={signIn} />
        <Text size="sm" c="dimmed">
          Forgot your password? An owner of this service can give you a link to choose a new one.
        </Text>
      </Stack>
    </SignInFrame>
  )
}
