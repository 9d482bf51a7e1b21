'use client'

import { Button, Fieldset, Group, Modal, Stack, Text } from '@mantine/core'
import { type UseFormInput, type UseFormReturnType, useForm } from '@mantine/form'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { isLost, mayHaveBeenDone } from '../api/problem-words.ts'
import { type Act, showFieldErrors, useAct } from '../api/use-api.tsx'
import { CLOSE } from '../frame/theme.ts'
import { SENDING, useUnsaved, useUnsavedWork } from '../frame/unsaved-work.tsx'
import { changesOf, type Draft, follow, isOvertaken, Overtaken, takeTheirs } from './draft.ts'
import { FormError } from './form-error.tsx'
import { OvertakenNotice } from './overtaken-notice.tsx'
import { keepFocus } from './page-focus.ts'

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
  /** Reads what the values began with once more before they are sent: what somebody else saved meanwhile is said, not replaced. */
  again?: { read: () => Promise<Values>; labels: Record<keyof Values, string> }
  /** The verb on the submit button. */
  submit: string
  /** Heads the errors that belong to no field. */
  failed?: string
  /** Whether these values can be submitted at all. */
  ready?: (values: Values) => boolean
  /** Called once the API has accepted the values, with the dialog closing or even gone with its page. */
  done?: (answer: Answer) => void
  /** Called when there was no answer: the values may have been accepted. */
  unanswered?: () => void
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
 * values and the focus on the field with `data-autofocus`; closing returns the focus to where it was. Nothing closes it
 * while the values are on their way: what comes of them is always said.
 */
export function FormDialog<Values extends Record<string, unknown>, Answer = unknown>({
  title,
  opened,
  size = 'md',
  secret = false,
  ...form
}: Props<Values, Answer>) {
  const work = useUnsavedWork()
  const [sending, setSending] = useState(false)
  return (
    // What was typed is lost by Cancel only, not by a key or a click that was meant for something else.
    <Modal
      opened={opened}
      onClose={() => !sending && work.ask(form.close)}
      title={title}
      size={size}
      centered
      closeOnClickOutside={!secret}
      closeOnEscape={!secret}
      withCloseButton={!secret}
      closeButtonProps={{ ...CLOSE, disabled: sending }}
    >
      <DialogForm {...form} sends={setSending} />
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
  again,
  submit,
  failed,
  ready = () => true,
  done,
  unanswered,
  sends,
  children,
}: FormProps<Values, Answer> & { sends: (sending: boolean) => void }) {
  const form = useForm<Values>({ initialValues, ...(validate ? { validate } : {}) })
  const [known, setKnown] = useState<Omit<Draft<Values>, 'values'>>({ base: initialValues, overtaken: [] })
  const draft = () => ({ ...known, values: form.getValues() })
  const hold = ({ values, ...known }: Draft<Values>) => {
    setKnown(known)
    form.setValues(values)
  }
  const readAgain = async () => {
    const kept = await again?.read()
    if (kept !== undefined && isOvertaken(draft(), kept)) throw new Overtaken(kept)
  }
  const request = useAct<Values, Answer>({
    ...act,
    ...(onlyChanges ? { body: (values: Values) => changesOf(known.base, values) } : {}),
    first: readAgain,
    toast: false,
    answered(answer) {
      close()
      done?.(answer)
    },
  })
  const sending = request.isPending
  const error = request.error instanceof Overtaken ? null : request.error
  useUnsaved(form.isDirty() || sending, sending ? SENDING : undefined)
  useEffect(() => {
    sends(sending)
    return () => sends(false)
  }, [sends, sending])
  // The button that opened it may be gone with what it was for.
  useEffect(() => () => void setTimeout(keepFocus), [])
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
      onError: (error) => {
        if (error instanceof Overtaken) hold(follow(draft(), error.kept))
        else showFieldErrors(form, error)
        if (isLost(error)) unanswered?.()
        setRefusals((count) => count + 1)
      },
    }),
  )
  return (
    <form ref={node} onSubmit={send} noValidate={noValidate}>
      <Stack>
        <FormError form={form} error={error} title={error && mayHaveBeenDone(error) ? undefined : failed} />
        {/* What is typed while it is sent would be lost with the dialog. */}
        <Fieldset variant="unstyled" disabled={sending}>
          <Stack>{children(form)}</Stack>
        </Fieldset>
        {again && (
          <OvertakenNotice
            fields={known.overtaken.map((name) => again.labels[name])}
            take={() => hold(takeTheirs(draft()))}
          />
        )}
        <Group justify="flex-end">
          <Text size="sm" c="dimmed" role="status">
            {sending ? 'Sending …' : ''}
          </Text>
          <Button variant="default" onClick={close} disabled={sending}>
            Cancel
          </Button>
          <Button type="submit" loading={sending} disabled={!ready(form.values)}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
