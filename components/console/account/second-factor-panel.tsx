'use client'

import { Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useAct } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { SecondFactorDialog } from './second-factor-dialog.tsx'

/** Whether signing in takes a code, and the ways to change that. Each asks for the password. */
export function SecondFactorPanel() {
  const { user } = useSignedInPerson()
  const [starting, dialog] = useDisclosure()
  return (
    <>
      <Group>
        <Text size="sm">
          Signing in takes {user.second_factor ? 'password and code' : 'the password alone'}.
        </Text>
        <StatusBadge status={user.second_factor ? 'active' : 'off'} />
      </Group>
      {user.second_factor ? (
        <WhileOn />
      ) : (
        <Group>
          <Button onClick={dialog.open}>Set up a second factor</Button>
        </Group>
      )}
      {starting && <SecondFactorDialog close={dialog.close} />}
    </>
  )
}

function WhileOn() {
  const router = useRouter()
  const [asking, setAsking] = useState<'stop' | 'renew' | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const path = asking === 'stop' ? 'stop' : 'recovery-codes'
  const act = useAct<{ password: string }, { recovery_codes?: string[] }>({
    path: `/api/auth/second-factor/${path}`,
    renews: ['user-sessions'],
    toast: false,
  })
  const leave = () => {
    setAsking(null)
    act.reset()
  }
  return (
    <>
      <Group>
        <Button variant="default" onClick={() => setAsking('renew')}>
          New recovery codes
        </Button>
        <Button variant="default" c="red" onClick={() => setAsking('stop')}>
          Switch off
        </Button>
      </Group>
      {asking && (
        <PasswordDialog
          title={asking === 'stop' ? 'Switch the second factor off' : 'New recovery codes'}
          words={
            asking === 'stop'
              ? 'The password alone will be enough to sign in as you.'
              : 'Those you have now stop working.'
          }
          error={act.error}
          busy={act.isPending}
          close={leave}
          submit={(password) =>
            act.mutate(
              { password },
              {
                onSuccess: ({ recovery_codes }) => {
                  leave()
                  if (recovery_codes) setCodes(recovery_codes)
                  else router.refresh()
                },
              },
            )
          }
        />
      )}
      {codes && <RecoveryCodes codes={codes} close={() => setCodes(null)} />}
    </>
  )
}
