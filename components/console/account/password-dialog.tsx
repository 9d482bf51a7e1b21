'use client'

import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { wordsOf } from '../api/use-api.tsx'

interface Props {
  title: string
  words: string
  error: Error | null
  busy: boolean
  close: () => void
  submit: (password: string) => void
}

/** Ask for the password again before something that an unlocked screen must not be enough for. */
export function PasswordDialog({ title, words, error, busy, close, submit }: Props) {
  const [password, setPassword] = useState('')
  return (
    <Modal opened onClose={close} title={title} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit(password)
        }}
      >
        <Stack>
          <Text size="sm">{words}</Text>
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            required
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={error && wordsOf(error)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Go on
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
