'use client'

import { Alert } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { ConsoleIcon } from '../kit/console-icon.tsx'

/** Says at once that the browser has no connection, and what that means for what is on the page. */
export function ConnectionNotice() {
  const online = useSyncExternalStore(
    watchConnection,
    () => navigator.onLine,
    () => true,
  )
  return (
    <div role="alert">
      {!online && (
        <Alert
          color="red"
          mb="md"
          styles={{ title: { color: 'inherit' } }}
          icon={<ConsoleIcon name="warning" />}
          title="You are offline"
        >
          What you see may be out of date. Nothing can be sent now, and nothing is sent later by itself:
          repeat what you want to do once you are connected. What you typed stays.
        </Alert>
      )}
    </div>
  )
}

function watchConnection(changed: () => void): () => void {
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}
