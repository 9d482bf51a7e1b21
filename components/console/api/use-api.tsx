'use client'

import type { UseFormReturnType } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiProblem, callApi, type Method, type Page, type Query } from './api.ts'

interface Options {
  /** Ask again this often, for what changes by itself. */
  everySeconds?: number
  /** False: not yet. */
  enabled?: boolean
}

/**
 * What the API answers to a GET. The page before stays while the next one comes, so nothing jumps; ask again by
 * `useAct`'s `renews`, by the beginning of the path.
 */
export function useApi<Answer>(path: string, query: Query = {}, options: Options = {}) {
  const { everySeconds, enabled = true } = options
  return useQuery<Answer, Error>({
    queryKey: [path, query],
    queryFn: ({ signal }) => callApi<Answer>(path, { query, signal }),
    placeholderData: keepPreviousData,
    enabled,
    ...(everySeconds ? { refetchInterval: everySeconds * 1_000 } : {}),
  })
}

/** One page of a list of the API. */
export const useList = <Item,>(path: string, query: Query = {}, options: Options = {}) =>
  useApi<Page<Item>>(path, query, options)

export interface Act<Input> {
  method?: Method
  path: string | ((input: Input) => string)
  query?: Query
  /** What is sent; the input itself unless it is said, and with DELETE nothing. */
  body?: (input: Input) => unknown
  /** Beginnings of paths that are asked again afterwards. */
  renews?: readonly string[]
  /** Said in a toast once it is done. */
  done?: string
  /** False: the caller shows what went wrong. */
  toast?: boolean
}

/** Something to do: `mutate(input)`. What goes wrong is said in a toast, unless a form shows it. */
export function useAct<Input = void, Answer = unknown>(act: Act<Input>) {
  const client = useQueryClient()
  const { method = 'POST', path, query, body, renews = [], done, toast = true } = act
  return useMutation<Answer, Error, Input>({
    mutationFn: (input) =>
      callApi<Answer>(typeof path === 'function' ? path(input) : path, {
        method,
        query,
        body: body ? body(input) : method === 'GET' || method === 'DELETE' ? undefined : (input ?? {}),
      }),
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
}

/** What went wrong, and for whoever asks for help the request's id. */
export const wordsOf = (error: Error): string =>
  error instanceof ApiProblem && error.requestId && error.status >= 500
    ? `${error.message} (Request ${error.requestId})`
    : error.message

/**
 * Put the API's messages at the fields of a form that have the same names; true when all of them found one. The rest
 * is for `wordsOf`.
 */
export function showFieldErrors<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  error: Error,
): boolean {
  if (!(error instanceof ApiProblem)) return false
  const known = Object.entries(error.fields).filter(([name]) => name in form.getValues())
  form.setErrors(Object.fromEntries(known.map(([name, messages]) => [name, messages.join(' ')])))
  return known.length > 0 && known.length === Object.keys(error.fields).length
}
