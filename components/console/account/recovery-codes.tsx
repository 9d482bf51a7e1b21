'use client'

import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { CopyButton } from '../kit/copy-button.tsx'

/** Codes for when the phone is gone. They are never shown again. */
export function RecoveryCodes({ codes, close }: { codes: readonly string[]; close: () => void }) {
  return (
    <Modal
      opened
      onClose={close}
      title="Recovery codes"
      centered
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Text size="sm">
          Keep these where you find them without your phone. Each lets you in once instead of a code of the
          app. They are not shown again.
        </Text>
        <Code block>{codes.join('\n')}</Code>
        <Group justify="space-between">
          <CopyButton value={codes.join('\n')} label="Copy the codes">
            Copy the codes
          </CopyButton>
          <Button onClick={close}>I have kept them</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
