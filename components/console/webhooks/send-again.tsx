'use client'

import { Button } from '@mantine/core'
import { useAct } from '../api/use-api.tsx'

/** Sends one delivery again, whatever its outcome was. */
export function SendAgain({ notificationId }: { notificationId: string }) {
  const resend = useAct({
    path: `notifications/${notificationId}/resend`,
    done: 'Sending again.',
  })
  return (
    <Button size="compact-sm" variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
      Send again
    </Button>
  )
}
