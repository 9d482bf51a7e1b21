'use client'

import { Button, Stack, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import type { ReactNode } from 'react'

interface Question {
  title: string
  /** What will happen, and what cannot be undone. */
  children: ReactNode
  /** The verb of the button. */
  confirm: string
  /** The other button. */
  cancel?: string
  onConfirm: () => void
  /** However it ends. */
  onClose?: () => void
  /** Red: it destroys something. */
  danger?: boolean
}

/** Asks before something that cannot be undone. Enter and Escape work; Cancel has the focus. */
export function confirmFirst({
  title,
  children,
  confirm,
  cancel = 'Cancel',
  onConfirm,
  onClose,
  danger = true,
}: Question): void {
  modals.openConfirmModal({
    title,
    children: typeof children === 'string' ? <Text size="sm">{children}</Text> : children,
    labels: { confirm, cancel },
    confirmProps: danger ? { color: 'red.9' } : {},
    cancelProps: { 'data-autofocus': true },
    onConfirm,
    ...(onClose ? { onClose } : {}),
  })
}

interface TypedQuestion extends Question {
  /** The text that must be typed before the button works. */
  type: string
}

/** Asks before something that destroys a lot: its name must be typed first. */
export function confirmByTyping({ title, children, confirm, onConfirm, type }: TypedQuestion): void {
  const id = modals.open({
    title,
    children: (
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const typed = new FormData(event.currentTarget).get('typed')
          if (typed !== type) return
          modals.close(id)
          onConfirm()
        }}
      >
        <Stack>
          {typeof children === 'string' ? <Text size="sm">{children}</Text> : children}
          <TextInput
            name="typed"
            label={`Type ${type} to continue`}
            pattern={type.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}
            required
            autoComplete="off"
            data-autofocus
          />
          <Button type="submit" color="red.9">
            {confirm}
          </Button>
        </Stack>
      </form>
    ),
  })
}
