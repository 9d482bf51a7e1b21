'use client'

import { Alert, Button, Code, Group, Text } from '@mantine/core'
import { ConsoleIcon } from './console-icon.tsx'

interface Props {
  /** Names of the fields that somebody else changed under what is typed. */
  fields: readonly string[]
  /** What somebody else saved, where the form shows it. */
  theirs?: string
  take: () => void
}

/** Says that a save would replace what somebody else has saved meanwhile. Nothing while it would not. */
export function OvertakenNotice({ fields, theirs, take }: Props) {
  if (fields.length === 0) return null
  return (
    <Alert
      color="yellow"
      role="status"
      w="100%"
      icon={<ConsoleIcon name="warning" />}
      title="Changed meanwhile"
    >
      <Text size="sm">
        While you were typing, somebody else saved something different: {fields.join(', ')}. What you typed is
        still here. Saving it replaces theirs.
      </Text>
      {theirs !== undefined && (
        <Code
          block
          mt="xs"
          mah={240}
          style={{ overflow: 'auto' }}
          tabIndex={0}
          role="region"
          aria-label="Saved by somebody else"
        >
          {theirs}
        </Code>
      )}
      <Group mt="xs">
        <Button variant="default" size="xs" onClick={take}>
          Take theirs
        </Button>
      </Group>
    </Alert>
  )
}
