'use client'

import { notifications } from '@mantine/notifications'
import { callApi } from '../api/api.ts'
import { wordsOf } from '../api/use-api.tsx'

/** End this session. The whole document goes, and with it whatever it had loaded. */
export const useSignOut = () => () => {
  callApi('/api/auth/sign-out', { method: 'POST' }).then(
    () => window.location.assign('/console/sign-in'),
    (error: Error) =>
      notifications.show({ title: 'You are still signed in', message: wordsOf(error), color: 'red' }),
  )
}
