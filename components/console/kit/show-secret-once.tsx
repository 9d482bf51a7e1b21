'use client'

import { Alert, Code, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { CopyButton } from './copy-button.tsx'

/** Shows a link or secret that is never shown again. */
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
  modals.open({
    title,
    size: 'lg',
    closeOnClickOutside: false,
    children: (
      <Stack align="flex-start">
        <Text size="sm">{words}</Text>
        <Code block w="100%" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {secret}
        </Code>
        <CopyButton value={secret} label={copy}>
          {copy}
        </CopyButton>
        <Alert color="yellow" w="100%">
          It is not shown again.
        </Alert>
      </Stack>
    ),
  })
}
