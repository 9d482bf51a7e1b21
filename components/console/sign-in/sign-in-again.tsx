'use client'

import { Anchor, Modal, Stack, Text } from '@mantine/core'
import type { WireUser } from '#lib/people/wire.ts'
import { callApi } from '../api/api.ts'
import { useEndedSession } from '../frame/ended-session.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondFactorForm } from './second-factor-form.tsx'
import { useSignIn } from './use-sign-in.ts'

/**
 * Signs in again over the page when the session has ended, so that forms keep what was typed. Requests that were refused
 * are not repeated by themselves: the person presses their button again.
 */
export function SignInAgain() {
  const { ended } = useEndedSession()
  return (
    <Modal
      opened={ended}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Your session has ended"
      centered
      // Above every other dialog.
      zIndex={400}
    >
      <Form />
    </Modal>
  )
}

function Form() {
  const { user } = useSignedInPerson()
  const { refused, resume } = useEndedSession()
  const signIn = useSignIn('/console', async () => {
    const now = await callApi<WireUser>('user/')
    // Another person's page must not stay on the screen.
    if (now.id !== user.id) return window.location.assign('/console')
    resume()
  })
  return (
    <Stack>
      <Text size="sm">
        Sign in to continue. The page below stays as it is, with everything you typed. {refused}
      </Text>
      {signIn.codeNeeded ? (
        <SecondFactorForm signIn={signIn} />
      ) : (
        <PasswordForm signIn={signIn} email={user.email} />
      )}
      <Anchor href="/console/sign-in" size="sm">
        Leave this page and go to the sign-in page
      </Anchor>
    </Stack>
  )
}
