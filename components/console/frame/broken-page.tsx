'use client'

import { Alert, Button, Code, Stack, Text } from '@mantine/core'
import { ConsoleIcon } from '../kit/console-icon.tsx'

/** What went wrong stays in the server's log; here is the id to find it by. */
export function BrokenPage({ id, reset }: { id?: string | undefined; reset: () => void }) {
  return (
    <Alert color="red" role="alert" icon={<ConsoleIcon name="warning" />} title="This page broke on our side">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">Please try again. If it happens twice, tell whoever runs this service.</Text>
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
