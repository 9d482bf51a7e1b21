'use client'

import { ActionIcon, Button, CopyButton as MantineCopyButton, Tooltip } from '@mantine/core'
import { ConsoleIcon } from './console-icon.tsx'

interface Props {
  value: string
  label: string
  children?: string
  /** Called once it is pressed. */
  copied?: () => void
}

/** Copies a text. With `children` it is a button with words, otherwise an icon whose label says what is copied. */
export function CopyButton({ value, label, children, copied: done }: Props) {
  return (
    <MantineCopyButton value={value} timeout={2_000}>
      {({ copied, copy: keep }) => {
        const copy = () => {
          keep()
          done?.()
        }
        return children ? (
          <Button
            variant="default"
            onClick={copy}
            leftSection={<ConsoleIcon name={copied ? 'check' : 'copy'} size={16} />}
            aria-live="polite"
          >
            {copied ? 'Copied' : children}
          </Button>
        ) : (
          <Tooltip label={copied ? 'Copied' : label}>
            <ActionIcon variant="subtle" onClick={copy} aria-label={copied ? 'Copied' : label}>
              <ConsoleIcon name={copied ? 'check' : 'copy'} size={16} />
            </ActionIcon>
          </Tooltip>
        )
      }}
    </MantineCopyButton>
  )
}
