'use client'

import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { showFieldErrors } from '../api/use-api.tsx'
import { SecondFactorForm } from './second-factor-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import { useSignIn } from './use-sign-in.ts'

type Kind = 'first-owner' | 'invitation' | 'reset'

const WORDS: Record<Kind, { title: string; description: string; button: string }> = {
  'first-owner': {
    title: 'Make this service yours',
    description: 'You become its first owner. This link works once.',
    button: 'Become the owner',
  },
  invitation: {
    title: 'Welcome',
    description: 'You were invited to this service. Enter your name and choose a password.',
    button: 'Join',
  },
  reset: {
    title: 'Choose a new password',
    description: 'You are signed out everywhere else.',
    button: 'Save the password',
  },
}

const PASSWORD_CHARACTERS_MIN = 12

/** The page of a one-time link. `email` is the person it was made for; null when they enter it themselves. */
export function OneTimeLinkPage({ kind, token, email }: { kind: Kind; token: string; email: string | null }) {
  const signIn = useSignIn()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: email ?? '', password: '' },
    validate: {
      password: (text) =>
        text.length < PASSWORD_CHARACTERS_MIN ? `At least ${PASSWORD_CHARACTERS_MIN} characters` : null,
    },
  })
  const { title, description, button } = WORDS[kind]
  if (signIn.codeNeeded) {
    return (
      <SignInFrame title="One more step">
        <SecondFactorForm signIn={signIn} />
      </SignInFrame>
    )
  }
  return (
    <SignInFrame title={title} description={description}>
      <form
        method="post"
        onSubmit={form.onSubmit((values) =>
          signIn.submit(kind, { token, ...values }, (error) => showFieldErrors(form, error)),
        )}
      >
        <Stack>
          {signIn.error && (
            <Alert color="red" role="alert">
              {signIn.error}
            </Alert>
          )}
          {kind !== 'reset' && (
            <TextInput
              label="Your name"
              autoComplete="name"
              autoFocus
              required
              {...form.getInputProps('name')}
            />
          )}
          <TextInput
            label="Email address"
            type="email"
            autoComplete="username"
            required
            readOnly={email !== null}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            description={`At least ${PASSWORD_CHARACTERS_MIN} characters: a few words are easy to remember.`}
            autoComplete="new-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signIn.busy} disabled={!signIn.ready} fullWidth>
            {button}
          </Button>
        </Stack>
      </form>
    </SignInFrame>
  )
}

/** Shown for a link that was used, has expired, or never existed. */
export function DeadLinkPage({ kind }: { kind: Kind }) {
  return (
    <SignInFrame title="This link no longer works">
      <Text>
        It has been used already, or it has expired.{' '}
        {kind === 'first-owner'
          ? 'If nobody owns this service yet, start it again: its log has a new link.'
          : 'Ask the person who sent it for a new one.'}
      </Text>
      <Anchor href="/console/sign-in">Go to the sign-in page</Anchor>
    </SignInFrame>
  )
}
