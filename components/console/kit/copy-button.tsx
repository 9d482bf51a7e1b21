'use client'

import { ActionIcon, Button, CopyButton as MantineCopyButton, Tooltip } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import { type ComponentProps, type RefObject, useEffect, useRef, useState } from 'react'
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
          <LabelledIcon label={copied ? 'Copied' : label} onClick={copy}>
            <ConsoleIcon name={copied ? 'check' : 'copy'} size={16} />
          </LabelledIcon>
        )
      }}
    </MantineCopyButton>
  )
}

/** A button whose label a pointer brings up: mounted only then, because mounting it makes the page render twice. */
function LabelledIcon({ label, ...button }: ComponentProps<typeof ActionIcon<'button'>> & { label: string }) {
  const [pointed, setPointed] = useState(false)
  const target = useRef<HTMLButtonElement>(null)
  return (
    <>
      <ActionIcon
        {...button}
        ref={target}
        variant="subtle"
        aria-label={label}
        onPointerEnter={({ pointerType }) => setPointed(pointerType === 'mouse')}
        onPointerLeave={() => setPointed(false)}
      />
      {pointed && <Label target={target} words={label} />}
    </>
  )
}

function Label({ target, words }: { target: RefObject<HTMLButtonElement | null>; words: string }) {
  const [opened, setOpened] = useState(false)
  // Once it knows where its target is.
  useEffect(() => setOpened(true), [])
  useWindowEvent('keydown', ({ key }) => key === 'Escape' && setOpened(false))
  return <Tooltip target={target} label={words} opened={opened} />
}
