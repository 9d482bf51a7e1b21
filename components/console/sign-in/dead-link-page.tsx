'use client'

import { Anchor, Text } from '@mantine/core'
import { SignInFrame } from './sign-in-frame.tsx'

/** A link that was used, is too old, or never was. */
export function DeadLinkPage() {
  return (
    <SignInFrame title="This link does not work (any more)">
      <Text>It was used already, or its time is over. Ask whoever sent it for a new one.</Text>
      <Anchor href="/console/sign-in">Go to the sign-in page</Anchor>
    </SignInFrame>
  )
}
