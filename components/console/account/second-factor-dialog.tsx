'use client'

import { Button, Center, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { QRCodeSVG } from 'qrcode.react'
import { useState } from 'react'
import { useAct, wordsOf } from '../api/use-api.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

interface Started {
  /** `otpauth://…`, for the authenticator app. */
  address: string
  recovery_codes: string[]
}

/** Password, picture, first code, recovery codes: only then it is on. */
export function SecondFactorDialog({ close }: { close: () => void }) {
  const router = useRouter()
  const [on, setOn] = useState(false)
  const start = useAct<{ password: string }, Started>({ path: '/api/auth/second-factor/start', toast: false })
  const leave = () => {
    close()
    router.refresh()
  }
  if (!start.data) {
    return (
      <PasswordDialog
        title="Set up a second factor"
        words="You need an authenticator app, such as those of Google or Microsoft, 1Password or Aegis."
        error={start.error}
        busy={start.isPending}
        close={close}
        submit={(password) => start.mutate({ password })}
      />
    )
  }
  if (on) return <RecoveryCodes codes={start.data.recovery_codes} close={leave} />
  return <FirstCode address={start.data.address} close={close} done={() => setOn(true)} />
}

function FirstCode({ address, close, done }: { address: string; close: () => void; done: () => void }) {
  const [code, setCode] = useState('')
  const confirm = useAct<{ code: string }>({
    path: '/api/auth/second-factor/confirm',
    renews: ['user-sessions'],
    toast: false,
  })
  return (
    <Modal opened onClose={close} title="Scan this with the app" centered>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          confirm.mutate({ code }, { onSuccess: done })
        }}
      >
        <Stack>
          <Center p="md" bg="white">
            <QRCodeSVG value={address} size={200} title="The secret for your authenticator app" />
          </Center>
          <Text size="sm">
            Or type this into it: <Code>{new URL(address).searchParams.get('secret')}</Code>
          </Text>
          <TextInput
            label="The code that it shows"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            data-autofocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={confirm.error && wordsOf(confirm.error)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={confirm.isPending}>
              Switch on
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
