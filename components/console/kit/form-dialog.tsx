'use client'

import { Button, Fieldset, Group, Modal, Stack } from '@mantine/core'
import { type UseFormInput, type UseFormReturnType, useForm } from '@mantine/form'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type Act, showFieldErrors, useAct } from '../api/use-api.tsx'
import { useUnsaved, useUnsavedWork } from '../frame/unsaved-work.tsx'
import { changesOf } from './draft.ts'
import { FormError } from './form-error.tsx'

interface FormProps<Values extends Record<string, unknown>, Answer> {
  close: () => void
  initialValues: Values
  validate?: UseFormInput<Values>['validate']
  /** Leave checking to `validate` and the API, in their words; otherwise the browser checks first. */
  noValidate?: boolean
  /** The request that submits the values. */
  act: Act<Values>
  /** Send only the fields that differ from the initial ones: what somebody else changed meanwhile stays. */
  onlyChanges?: boolean
  /** The verb on the submit button. */
  submit: string
  /** Heads the errors that belong to no field. */
  failed?: string
  /** Whether these values can be submitted at all. */
  ready?: (values: Values) => boolean
  /** Called once the API has accepted the values and the dialog is closing. */
  done?: (answer: Answer) => void
  children: (form: UseFormReturnType<Values>) => ReactNode
}

interface Props<Values extends Record<string, unknown>, Answer> extends FormProps<Values, Answer> {
  title: string
  opened: boolean
  size?: 'md' | 'lg'
  /** It shows a secret that is not shown again: only its buttons close it. */
  secret?: boolean
}

/**
 * A form in a dialog: fields, Cancel, and a button that submits. The API's messages appear at the fields of the same
 * names, all others above the fields, and the focus goes to the first refused field. Each opening starts with the initial
 * values and the focus on the field with `data-autofocus`; closing returns the focus to where it was.
 */
export function FormDialog<Values extends Record<string, unknown>, Answer = unknown>({
  title,
  opened,
  size = 'md',
  secret = false,
  ...form
}: Props<Values, Answer>) {
  const work = useUnsavedWork()
  return (
    // What was typed is lost by Cancel only, not by a key or a click that was meant for something else.
    <Modal
      opened={opened}
      onClose={() => work.ask(form.close)}
      title={title}
      size={size}
      centered
      closeOnClickOutside={!secret}
      closeOnEscape={!secret}
      withCloseButton={!secret}
    >
      <DialogForm {...form} />
    </Modal>
  )
}

/** Inside the modal, which unmounts its content when it closes: nothing typed or refused outlasts the dialog. */
function DialogForm<Values extends Record<string, unknown>, Answer>({
  close,
  initialValues,
  validate,
  noValidate = false,
  act,
  onlyChanges = false,
  submit,
  failed,
  ready = () => true,
  done,
  children,
}: FormProps<Values, Answer>) {
  const form = useForm<Values>({ initialValues, ...(validate ? { validate } : {}) })
  const [begun] = useState(initialValues)
  const request = useAct<Values, Answer>({
    ...act,
    ...(onlyChanges ? { body: (values: Values) => changesOf(begun, values) } : {}),
    toast: false,
  })
  useUnsaved(form.isDirty())
  const node = useRef<HTMLFormElement>(null)
  const [refusals, setRefusals] = useState(0)
  useEffect(() => {
    // The busy button was disabled and lost the focus.
    if (refusals === 0) return
    const find = (selector: string) => node.current?.querySelector<HTMLElement>(selector)
    const field = find('[aria-invalid=true]') ?? find('[data-autofocus]')
    field?.focus()
  }, [refusals])
  const send = form.onSubmit((values) =>
    request.mutate(values, {
      onSuccess: (answer) => {
        close()
        done?.(answer)
      },
      onError: (error) => {
        showFieldErrors(form, error)
        setRefusals((count) => count + 1)
      },
    }),
  )
  return (
    <form ref={node} onSubmit={send} noValidate={noValidate}>
      <Stack>
        <FormError form={form} error={request.error} title={failed} />
        {/* What is typed while it is sent would be lost with the dialog. */}
        <Fieldset variant="unstyled" disabled={request.isPending}>
          <Stack>{children(form)}</Stack>
        </Fieldset>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={request.isPending} disabled={!ready(form.values)}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
