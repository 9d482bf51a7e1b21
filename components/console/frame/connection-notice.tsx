'use client'

import { Alert } from '@mantine/core'
import { useNetwork } from '@mantine/hooks'
import { ConsoleIcon } from '../kit/console-icon.tsx'

/** Says at once that the browser has no connection, and what that means for what is on the page. */
export function ConnectionNotice() {
  const { online } = useNetwork()
  return (
    <div role="alert">
      {!online && (
        <Alert color="red" mb="md" icon={<ConsoleIcon name="warning" />} title="You are offline">
          What you see may be out of date. Nothing can be sent now, and nothing is sent later by itself:
          repeat what you want to do once you are connected. What you typed stays.
        </Alert>
      )}
    </div>
  )
}
