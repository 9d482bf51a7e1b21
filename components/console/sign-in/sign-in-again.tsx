'use client'

import { Anchor, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { callApi } from '../api/api.ts'
import { isAnothers } from '../api/problem-words.ts'
import { useEndedSession } from '../frame/ended-session.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondFactorForm } from './second-factor-form.tsx'
import { useSignIn } from './use-sign-in.ts'

/**
 * Signs in again over the page when the session has ended or become another person's, so that forms keep what was typed. Requests that were refused
 * are not repeated by themselves: the person presses their button again.
 */
export function SignInAgain() {
  const { ended, another } = useEndedSession()
  const [others, setOthers] = useState(0)
  return (
    <Modal
      opened={ended}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={another ? 'Somebody else has signed in' : 'Your session has ended'}
      centered
      // Above every other dialog.
      zIndex={400}
    >
      {/* Nothing that another person typed stays in it. */}
      <Form key={others} startOver={() => setOthers(others + 1)} />
    </Modal>
  )
}

function Form({ startOver }: { startOver: () => void }) {
  const { user } = useSignedInPerson()
  const { another, refused, becomeAnothers, resume } = useEndedSession()
  const signIn = useSignIn('/console', () =>
    callApi('user/').then(resume, (error: Error) => {
      if (!isAnothers(error)) throw error
      becomeAnothers()
      startOver()
      // Another person's page must not stay on the screen, unless they refuse to leave what is typed there.
      window.location.assign('/console')
    }),
  )
  const name = user.name || user.email
  return (
    <Stack>
      <Text size="sm">
        {another
          ? `This page is ${name}’s, and somebody else is signed in in this browser now. Nothing is done here in their name. `
          : ''}
        Sign in {another ? `as ${name} ` : ''}to continue. The page below stays as it is, with everything you
        typed. {refused}
      </Text>
      {signIn.codeNeeded ? (
        <SecondFactorForm signIn={signIn} />
      ) : (
        <PasswordForm signIn={signIn} email={user.email} />
      )}
      <Anchor href={another ? '/console' : '/console/sign-in'} size="sm">
        {another
          ? 'Leave this page and go on as the person who is signed in'
          : 'Leave this page and go to the sign-in page'}
      </Anchor>
    </Stack>
  )
}
