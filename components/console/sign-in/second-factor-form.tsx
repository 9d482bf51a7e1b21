'use client'

import { Alert, Anchor, Button, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { useDoor } from './use-door.ts'

/** The code of the authenticator app, or one of the recovery codes. */
export function SecondStep({ door }: { door: ReturnType<typeof useDoor> }) {
  const form = useForm({ mode: 'uncontrolled', initialValues: { code: '' } })
  return (
    <form method="post" onSubmit={form.onSubmit((values) => door.knock('second-step', values))}>
      <Stack>
        {door.error && (
          <Alert color="red" role="alert">
            {door.error}
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
        <Button type="submit" loading={door.busy} disabled={!door.ready} fullWidth>
          Sign in
        </Button>
        <Anchor component="button" type="button" size="sm" onClick={door.startAgain}>
          Begin again with the password
        </Anchor>
      </Stack>
    </form>
  )
}
