'use client'

import { Alert, Button, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { type ReactNode, useSyncExternalStore } from 'react'
import { type Loss, useUnsaved } from '../frame/unsaved-work.tsx'
import { CopyButton } from './copy-button.tsx'
import { keepFocus } from './page-focus.ts'

interface Secret {
  title: string
  words: string
  secret: string
  copy: string
  /** On the button that closes it. */
  stored?: string
  /** Below the secret, in place of the warning that it is not shown again. */
  more?: ReactNode
}

const NONE: readonly Secret[] = []
let secrets = NONE
const listeners = new Set<() => void>()

function keep(next: readonly Secret[]): void {
  secrets = next
  for (const listener of listeners) listener()
}

/**
 * Shows a link or secret that is never shown again, wherever in the console the person is by then. Only its button closes
 * the dialog, no key and no click beside it, and leaving asks first.
 */
export const showSecretOnce = (secret: Secret): void => keep([...secrets, secret])

const LOSS: Loss = {
  title: 'Leave without storing it?',
  words: 'What is shown here cannot be shown again, and you have not said yet that you have stored it.',
  leave: 'Leave without it',
  lost: () => keep(NONE),
}

/** Where `showSecretOnce` shows them, one after the other. */
export function SecretShown() {
  const [shown] = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => secrets,
    () => NONE,
  )
  useUnsaved(shown !== undefined, LOSS)
  return (
    <Modal
      opened={shown !== undefined}
      onClose={() => undefined}
      title={shown?.title}
      size="lg"
      centered
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      onExitTransitionEnd={keepFocus}
      // Above the dialog that made it.
      zIndex={300}
    >
      {shown && (
        <Stack align="stretch">
          <Text size="sm">{shown.words}</Text>
          <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {shown.secret}
          </Code>
          {shown.more ?? <Alert color="yellow">It is not shown again.</Alert>}
          <Group justify="space-between">
            <CopyButton value={shown.secret} label={shown.copy}>
              {shown.copy}
            </CopyButton>
            <Button onClick={() => keep(secrets.slice(1))}>{shown.stored ?? 'I have stored it'}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
