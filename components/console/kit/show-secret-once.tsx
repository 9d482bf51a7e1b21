'use client'

import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { CopyButton } from './copy-button.tsx'

/** Shows a link or secret that is never shown again. Only its button closes the dialog, no key and no click beside it. */
export function showSecretOnce({
  title,
  words,
  secret,
  copy,
}: {
  title: string
  words: string
  secret: string
  copy: string
}): void {
  const id = modals.open({
    title,
    size: 'lg',
    closeOnClickOutside: false,
    closeOnEscape: false,
    withCloseButton: false,
    children: (
      <Stack align="flex-start">
        <Text size="sm">{words}</Text>
        <Code block w="100%" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {secret}
        </Code>
        <Alert color="yellow" w="100%">
          It is not shown again.
        </Alert>
        <Group>
          <CopyButton value={secret} label={copy}>
            {copy}
          </CopyButton>
          <Button onClick={() => modals.close(id)}>I have stored it</Button>
        </Group>
      </Stack>
    ),
  })
}
