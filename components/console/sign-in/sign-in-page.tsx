'use client'

import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { DoorFrame } from './door-frame.tsx'
import { SecondStep } from './second-step.tsx'
import { useDoor } from './use-door.ts'

/** Email address and password, and where there is a second factor its code. */
export function SignInPage({ next }: { next: string }) {
  const door = useDoor(next)
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } })
  if (door.codeWanted) {
    return (
      <DoorFrame title="One more step">
        <SecondStep door={door} />
      </DoorFrame>
    )
  }
  return (
    <DoorFrame title="Sign in" description="To the console of this service.">
      <form method="post" onSubmit={form.onSubmit((values) => door.knock('sign-in', values))}>
        <Stack>
          {door.error && (
            <Alert color="red" role="alert">
              {door.error}
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
          <Button type="submit" loading={door.busy} disabled={!door.ready} fullWidth>
            Sign in
          </Button>
          <Text size="sm" c="dimmed">
            Forgot the password? An owner of this service can give you a link for a new one.
          </Text>
        </Stack>
      </form>
    </DoorFrame>
  )
}
