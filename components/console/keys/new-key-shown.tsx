'use client'

import { Alert, Button, Code, Group, Modal, Stack, Text } from '@mantine/core'
import type { NewApiKeyAnswer } from '#lib/keys/wire.ts'
import { useApiOrigin } from '../api/use-api-origin.ts'
import { CodeSample } from '../kit/code-sample.tsx'
import { CopyButton } from '../kit/copy-button.tsx'

/** The new key, this once, and a request that uses it. It goes with the dialog. */
export function NewKeyShown({ made, close }: { made: NewApiKeyAnswer | null; close: () => void }) {
  const origin = useApiOrigin()
  return (
    <Modal
      opened={made !== null}
      onClose={close}
      title="Your new API key"
      size="lg"
      centered
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      {made && (
        <Stack>
          <Text size="sm">Keep it where your program keeps its secrets. It is not shown again.</Text>
          <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {made.key}
          </Code>
          <Group>
            <CopyButton value={made.key} label="Copy the key">
              Copy the key
            </CopyButton>
          </Group>
          <CodeSample
            title="Try it"
            text={`curl -H 'Authorization: Api-Key ${made.key}' ${origin}/api/v2/user/`}
          />
          <Alert color="yellow">
            Whoever has this key may do what {made.role === 'owner' ? 'an owner' : `its role (${made.role})`}{' '}
            may. If it gets lost, revoke it and make another.
          </Alert>
          <Group justify="flex-end">
            <Button onClick={close}>I have kept it</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
