'use client'

import { Alert, Button, Code, Stack, Text } from '@mantine/core'
import { ConsoleIcon } from '../kit/console-icon.tsx'

/** The error itself is in the server's log only; the page shows the id to find it by. */
export function BrokenPage({ id, reset }: { id?: string | undefined; reset: () => void }) {
  return (
    <Alert color="red" role="alert" icon={<ConsoleIcon name="warning" />} title="This page failed to load">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">Please try again. If it happens again, tell the people who run this service.</Text>
        {id && (
          <Text size="sm">
            Error <Code>{id}</Code>
          </Text>
        )}
        <Button size="xs" variant="default" onClick={reset}>
          Try again
        </Button>
      </Stack>
    </Alert>
  )
}
