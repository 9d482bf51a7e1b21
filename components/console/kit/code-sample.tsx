'use client'

import { Code, Group, Stack, Text } from '@mantine/core'
import { CopyButton } from './copy-button.tsx'

/** A command or program to try, with a button that copies it. */
export function CodeSample({ title, text }: { title: string; text: string }) {
  return (
    <Stack gap={4} w="100%" ta="start">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <CopyButton value={text} label={`Copy: ${title}`} />
      </Group>
      <Code block tabIndex={0} role="region" aria-label={title}>
        {text}
      </Code>
    </Stack>
  )
}
