'use client'

import { Alert } from '@mantine/core'
import { ConsoleIcon } from '../kit/console-icon.tsx'

/** For everyone who works here: what they type and see can be read on its way. */
export function PlainHttpNotice() {
  return (
    <Alert
      color="yellow"
      mb="md"
      role="note"
      icon={<ConsoleIcon name="warning" />}
      title="This service is reached without https"
    >
      Passwords, links and people's files can be read and changed on their way. Whoever operates the service:
      put a proxy with a certificate in front, and set PUBLIC_URL to its https address.
    </Alert>
  )
}
