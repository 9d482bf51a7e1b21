'use client'

import { Button, Stack, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import type { ReactNode } from 'react'
import { focusedButton, holdFocus } from './page-focus.ts'

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
  /** Above every dialog, even that of an ended session: it is about leaving all of them. */
  above?: boolean
}

const ABOVE = 500
let askedAbove = false

/** Whether a question is above every dialog, and the keys are for it. */
export const isAskedAbove = (): boolean => askedAbove

/**
 * Asks before something that cannot be undone. Enter and Escape work; Cancel has the focus. Afterwards the button that
 * asked has it, or the heading once that button is gone. Returns its id for `modals.close`.
 */
export function confirmFirst({
  title,
  children,
  confirm,
  cancel = 'Cancel',
  onConfirm,
  onClose,
  danger = true,
  above = false,
}: Question): string {
  askedAbove ||= above
  const button = focusedButton()
  return modals.openConfirmModal({
    title,
    children: typeof children === 'string' ? <Text size="sm">{children}</Text> : children,
    labels: { confirm, cancel },
    confirmProps: danger ? { color: 'red.9' } : {},
    cancelProps: { 'data-autofocus': true },
    onConfirm() {
      onConfirm()
      // An act holds the button of this dialog, which goes with it.
      holdFocus(button)
    },
    ...(above ? { zIndex: ABOVE } : {}),
    onClose: () => {
      if (above) askedAbove = false
      onClose?.()
    },
  })
}

interface TypedQuestion extends Question {
  /** The text that must be typed before the button works. */
  type: string
}

/** Asks before something that destroys a lot: its name must be typed first. */
export function confirmByTyping({ title, children, confirm, onConfirm, type }: TypedQuestion): void {
  const button = focusedButton()
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
          holdFocus(button)
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
