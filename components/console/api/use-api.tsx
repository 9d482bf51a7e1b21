'use client'

import type { UseFormReturnType } from '@mantine/form'
import { useMounted } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ApiProblem, callApi, type Method, type Page, type Query } from './api.ts'
import { wordsOf } from './problem-words.ts'
import { questionOf } from './question.ts'

interface Options<Answer> {
  /** Repeats the request this often, for data that changes by itself. */
  everySeconds?: number
  /** False delays the request. */
  enabled?: boolean
  /** What the answer depends on beside the query: the request is repeated when it changes. */
  version?: string
  /** Reads the text of the answer; without it, JSON becomes a value. */
  read?: (text: string) => Answer
}

/**
 * The API's answer to a GET. The previous page stays until the next one arrives, so that nothing jumps. `renews` of
 * `useAct` repeats the request by the beginning of its path.
 */
export function useApi<Answer>(path: string, query: Query = {}, options: Options<Answer> = {}) {
  const { everySeconds, enabled = true } = options
  return useQuery<Answer, Error>({
    ...questionOf(path, query, options),
    placeholderData: keepPreviousData,
    enabled,
    ...(everySeconds ? { refetchInterval: everySeconds * 1_000 } : {}),
  })
}

/** One page of a list of the API. */
export const useList = <Item,>(path: string, query: Query = {}, options: Options<Page<Item>> = {}) =>
  useApi<Page<Item>>(path, query, options)

export interface Act<Input> {
  method?: Method
  path: string | ((input: Input) => string)
  query?: Query
  /** The body; without it the input itself, and nothing for DELETE. */
  body?: (input: Input) => unknown
  /** Beginnings of the paths to request again afterwards. */
  renews?: readonly string[]
  /** Shown in a toast on success. */
  done?: string
  /** False when the caller shows errors itself. */
  toast?: boolean
  /** Reads the text of the answer; without it, JSON becomes a value. */
  read?: (text: string) => unknown
  /** Awaited before the request, which is not made when this rejects. */
  first?: () => Promise<void>
}

/** A change to make through the API: `mutate(input)`. Errors appear in a toast unless `toast` is false. */
export function useAct<Input = void, Answer = unknown>(act: Act<Input>) {
  const client = useQueryClient()
  const { method = 'POST', path, query, body, renews = [], done, toast = true, read, first } = act
  const mutation = useMutation<Answer, Error, Input>({
    mutationFn: async (input) => {
      await first?.()
      return callApi<Answer>(typeof path === 'function' ? path(input) : path, {
        method,
        query,
        body: body ? body(input) : method === 'GET' || method === 'DELETE' ? undefined : (input ?? {}),
        ...(read ? { read: read as (text: string) => Answer } : {}),
      })
    },
    onSuccess: async () => {
      if (done) notifications.show({ message: done, color: 'drop' })
      await client.invalidateQueries({
        predicate: ({ queryKey: [asked] }) => renews.some((start) => String(asked).startsWith(start)),
      })
    },
    onError: (error) => {
      if (toast) notifications.show({ title: 'That did not work', message: wordsOf(error), color: 'red' })
    },
  })
  const { error, reset } = mutation
  // What went wrong for want of a connection is not said any more once there is one.
  useEffect(() => {
    if (!(error instanceof ApiProblem) || error.status !== 0) return
    window.addEventListener('online', reset)
    return () => window.removeEventListener('online', reset)
  }, [error, reset])
  return mutation
}

/** The API's messages at those of these fields that it names; `FormError` shows the others. */
export function fieldErrors(error: Error, fields: object): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {}
  const known = Object.entries(error.fields).filter(([name]) => name in fields)
  return Object.fromEntries(known.map(([name, messages]) => [name, messages.join(' ')]))
}

/** Puts them at the fields of a form. Returns true when every message has its field. */
export function showFieldErrors<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  error: Error,
): boolean {
  const known = fieldErrors(error, form.getValues())
  form.setErrors(known)
  const count = Object.keys(known).length
  return error instanceof ApiProblem && count > 0 && count === Object.keys(error.fields).length
}

/** The address of this service, for examples of commands. Empty while the server renders. */
export function useApiOrigin(): string {
  return useMounted() ? window.location.origin : ''
}
