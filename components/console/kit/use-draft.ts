'use client'

import { type UseFormInput, type UseFormReturnType, useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { questionOf } from '../api/question.ts'
import { type Act, fieldErrors, useAct } from '../api/use-api.tsx'
import { useUnsaved } from '../frame/unsaved-work.tsx'
import { changesOf, type Draft, follow, isOvertaken, isSame, Overtaken, settle, takeTheirs } from './draft.ts'

interface Options<Values, Answer, Loaded> {
  /** What the service has, as it was loaded last. */
  kept: Values
  /** Where that is read once more before each save: nobody has agreed to replace what was saved there meanwhile. */
  source: { path: string; read?: (text: string) => Loaded; values: (loaded: Loaded) => Values }
  /** The request that saves the changed fields. */
  act: Act<Partial<Values>>
  /** What the service made of a save, by its answer. Without it: what was sent. */
  keptBy?: (answer: Answer) => Values
  /** Messages by field; those at fields of the same names by default. */
  errorsBy?: (error: Error) => Record<string, string>
  validate?: UseFormInput<Values>['validate']
  /** Called once the changes are saved. */
  saved?: () => void
}

export interface DraftForm<Values extends Record<string, unknown>> {
  form: UseFormReturnType<Values>
  changed: boolean
  saving: boolean
  error: Error | null
  /** Fields that somebody else changed under what is typed. */
  overtaken: readonly (keyof Values)[]
  /** What the service has of them. */
  base: Values
  save(): void
  undo(): void
  takeTheirs(): void
}

/**
 * A form for something that the service has and that others change too. Nothing typed is ever replaced: fields follow the
 * service while nothing is typed into them, what is typed during a save is not taken for saved, and a field that somebody
 * else changed meanwhile is `overtaken`, which the form has to say. A save replaces nothing that the form has not said
 * before. Leaving asks first while there are changes.
 */
export function useDraft<Values extends Record<string, unknown>, Answer = unknown, Loaded = Answer>({
  kept,
  source,
  act,
  keptBy,
  errorsBy = (error) => fieldErrors(error, kept),
  validate,
  saved,
}: Options<Values, Answer, Loaded>): DraftForm<Values> {
  const client = useQueryClient()
  const [{ base, overtaken }, setKnown] = useState<Omit<Draft<Values>, 'values'>>({
    base: kept,
    overtaken: [],
  })
  const form = useForm<Values>({ initialValues: kept, ...(validate ? { validate } : {}) })
  const readAgain = async () => {
    const { queryKey, queryFn } = questionOf(source.path, {}, source.read ? { read: source.read } : {})
    const loaded = await queryFn({ signal: new AbortController().signal })
    client.setQueryData(queryKey, loaded)
    const now = source.values(loaded)
    if (isOvertaken(draft(), now)) throw new Overtaken(now)
  }
  const request = useAct<Partial<Values>, Answer>({ ...act, toast: false, first: readAgain })
  const changes = changesOf(base, form.values)
  const changed = Object.keys(changes).length > 0
  useUnsaved(changed)
  const hold = ({ values, ...known }: Draft<Values>) => {
    setKnown(known)
    // Setting values clears the messages at the fields.
    if (!isSame(values, form.getValues())) form.setValues(values)
  }
  const draft = () => ({ base, values: form.getValues(), overtaken })
  const loaded = JSON.stringify(kept)
  const followed = useRef(loaded)
  // What is loaded during a save is looked at after it: until then nobody knows whose change it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: followed when something else was loaded, and only then
  useEffect(() => {
    if (request.isPending || followed.current === loaded) return
    followed.current = loaded
    hold(follow(draft(), kept))
  }, [loaded, request.isPending])
  const save = () => {
    if (form.validate().hasErrors) return
    const sent = form.getValues()
    request.mutate(changes, {
      onSuccess: (answer) => {
        hold(settle(form.getValues(), sent, keptBy ? keptBy(answer) : sent))
        form.clearErrors()
        saved?.()
      },
      onError: (error) => {
        if (error instanceof Overtaken) hold(follow(draft(), error.kept))
        else form.setErrors(errorsBy(error))
      },
    })
  }
  const undo = () => {
    hold({ base, values: base, overtaken: [] })
    form.clearErrors()
    request.reset()
  }
  return {
    form,
    changed,
    saving: request.isPending,
    error: request.error instanceof Overtaken ? null : request.error,
    // Typed to be the same as theirs: nothing is replaced any more.
    overtaken: overtaken.filter((name) => name in changes),
    base,
    save,
    undo,
    takeTheirs: () => hold(takeTheirs(draft())),
  }
}
