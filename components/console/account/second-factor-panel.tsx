'use client'

import { Button, Center, Code, Group, PasswordInput, Text, TextInput } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { QRCodeSVG } from 'qrcode.react'
import { useEffect, useEffectEvent, useState } from 'react'
import type { WireUser } from '#lib/people/wire.ts'
import { type Act, useApi } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { CopyButton } from '../kit/copy-button.tsx'
import { FormDialog } from '../kit/form-dialog.tsx'
import { showSecretOnce } from '../kit/show-secret-once.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'

/** Whether signing in needs a code, and the ways to change that. Each one requires the password. */
export function SecondFactorPanel() {
  const { user } = useSignedInPerson()
  return (
    <>
      <Group>
        <Text size="sm">
          Signing in needs {user.second_factor ? 'your password and a code' : 'only your password'}.
        </Text>
        <StatusBadge status={user.second_factor ? 'active' : 'off'} />
      </Group>
      {user.second_factor ? <ChangeSecondFactor /> : <SetUpSecondFactor />}
    </>
  )
}

interface Started {
  /** `otpauth://…`, for the authenticator app. */
  address: string
  recovery_codes: string[]
}

/**
 * Password, QR code, first code, recovery codes. The second factor is on once the first code was right; when the answer to
 * that was lost, the service is asked, and the recovery codes are shown all the same.
 */
function SetUpSecondFactor() {
  const router = useRouter()
  const [step, setStep] = useState<'password' | 'code' | null>(null)
  const [started, setStarted] = useState<Started | null>(null)
  const leave = () => setStep(null)
  const switchedOn = useEffectEvent(() => {
    leave()
    if (started) showRecoveryCodes(started.recovery_codes)
    router.refresh()
  })
  const [lost, setLost] = useState(0)
  const { data: now } = useApi<WireUser>('user/', {}, { enabled: lost > 0, version: `answers lost: ${lost}` })
  const isOn = lost > 0 && now?.second_factor === true
  useEffect(() => {
    if (isOn) switchedOn()
  }, [isOn])
  return (
    <>
      <Group>
        <Button onClick={() => setStep('password')}>Set up a second factor</Button>
      </Group>
      <PasswordDialog<Started>
        opened={step === 'password'}
        title="Set up a second factor"
        words="You need an authenticator app, such as Google Authenticator, Microsoft Authenticator, 1Password or Aegis."
        submit="Continue"
        act={{ path: '/api/auth/second-factor/start' }}
        close={leave}
        done={(answer) => {
          setStarted(answer)
          setStep('code')
        }}
      />
      {step === 'code' && started && (
        <FirstCodeDialog
          address={started.address}
          close={leave}
          unanswered={() => setLost((before) => before + 1)}
          done={() => {
            showRecoveryCodes(started.recovery_codes)
            router.refresh()
          }}
        />
      )}
    </>
  )
}

interface FirstCodeProps {
  address: string
  close: () => void
  unanswered: () => void
  done: () => void
}

function FirstCodeDialog({ address, close, unanswered, done }: FirstCodeProps) {
  return (
    <FormDialog<{ code: string }>
      title="Scan this with the app"
      opened
      secret
      close={close}
      initialValues={{ code: '' }}
      act={{ path: '/api/auth/second-factor/confirm' }}
      submit="Switch on"
      unanswered={unanswered}
      done={done}
    >
      {(form) => (
        <>
          <Center p="md" bg="white">
            <QRCodeSVG value={address} size={200} title="The secret for your authenticator app" />
          </Center>
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              Or enter this in the app: <Code>{secretOf(address)}</Code>
            </Text>
            <CopyButton value={secretOf(address)} label="Copy the secret" />
          </Group>
          <TextInput
            label="Code from the app"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            data-autofocus
            {...form.getInputProps('code')}
          />
        </>
      )}
    </FormDialog>
  )
}

function ChangeSecondFactor() {
  const router = useRouter()
  const [asking, setAsking] = useState<'stop' | 'renew' | null>(null)
  const leave = () => setAsking(null)
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
      <PasswordDialog<{ recovery_codes: string[] }>
        opened={asking === 'renew'}
        title="New recovery codes"
        words="Your present codes stop working."
        submit="Create new codes"
        act={{ path: '/api/auth/second-factor/recovery-codes' }}
        close={leave}
        done={({ recovery_codes }) => showRecoveryCodes(recovery_codes)}
      />
      <PasswordDialog
        opened={asking === 'stop'}
        title="Switch off the second factor"
        words="Your password alone will be enough to sign in."
        submit="Switch off"
        act={{ path: '/api/auth/second-factor/stop' }}
        close={leave}
        done={() => router.refresh()}
      />
    </>
  )
}

interface PasswordProps<Answer> {
  opened: boolean
  title: string
  words: string
  submit: string
  act: Act<{ password: string }>
  close: () => void
  done: (answer: Answer) => void
}

/** Requires the password once more, for changes that an unlocked screen must not be enough for. */
function PasswordDialog<Answer>({ words, ...dialog }: PasswordProps<Answer>) {
  return (
    <FormDialog<{ password: string }, Answer> initialValues={{ password: '' }} {...dialog}>
      {(form) => (
        <>
          <Text size="sm">{words}</Text>
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            required
            data-autofocus
            {...form.getInputProps('password')}
          />
        </>
      )}
    </FormDialog>
  )
}

/** Codes for a person who has lost their phone. */
const showRecoveryCodes = (codes: readonly string[]): void =>
  showSecretOnce({
    title: 'Recovery codes',
    words:
      'Keep these where you can find them without your phone. Each one lets you in once in place of a code from the app.',
    secret: codes.join('\n'),
    copy: 'Copy the codes',
    stored: 'I have stored them',
  })

const secretOf = (address: string): string => new URL(address).searchParams.get('secret') ?? ''
