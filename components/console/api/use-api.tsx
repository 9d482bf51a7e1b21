'use client'

import type { UseFormReturnType } from '@mantine/form'
import { useMounted } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useEndedSession } from '../frame/ended-session.tsx'
import { ApiProblem, callApi, type Method, NOT_SENT, type Page, type Query } from './api.ts'
import { writeBody } from './json-text.ts'
import { conflicts, hasEnded, isLost, wasNotSent } from './problem-words.ts'
import { questionOf } from './question.ts'
import { requestKeys } from './request-key.ts'
import { showNotice } from './show-notice.ts'
import { renew, takeAnswer } from './take-answer.ts'
import { tellFailure } from './tell-failure.ts'

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
 * The API's answer to a GET. The previous page stays until the next one arrives, so that nothing jumps. Any
 * `useAct` repeats the request.
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
  /** The id of what it deletes, with the page that it is on: nothing about it is requested again. */
  gone?: string
  /** Shown in a toast on success. */
  done?: string
  /** False when the caller shows errors itself. */
  toast?: boolean
  /** Reads the text of the answer; without it, JSON becomes a value. */
  read?: (text: string) => unknown
  /** Made again because its answer was lost, it gets that answer and is not carried out twice. */
  once?: boolean
  /** Awaited before the request, which is not made when this rejects. */
  first?: () => Promise<void>
}

/** With what becomes of the answer, as soon as it is there, and even once whatever asked for it is no longer on the page. */
interface AnsweredAct<Input, Answer> extends Act<Input> {
  answered?: ((answer: Answer) => void) | undefined
}

/** A change to make through the API: `mutate(input)`. Errors appear in a toast unless `toast` is false. */
export function useAct<Input = void, Answer = unknown>(act: AnsweredAct<Input, Answer>) {
  const client = useQueryClient()
  const {
    method = 'POST',
    path,
    query,
    body,
    gone,
    done,
    toast = true,
    read,
    once = false,
    first,
    answered,
  } = act
  const [keys] = useState(requestKeys)
  const mutation = useMutation<Answer, Error, Input>({
    mutationFn: async (input) => {
      await first?.().catch(keptBack)
      const at = typeof path === 'function' ? path(input) : path
      const sent = body ? body(input) : method === 'GET' || method === 'DELETE' ? undefined : (input ?? {})
      const request = once ? `${at} ${writeBody(sent)}` : null
      const answer = await callApi<Answer>(at, {
        method,
        query,
        body: sent,
        ...(request === null ? {} : { key: keys.keyOf(request) }),
        ...(read ? { read: read as (text: string) => Answer } : {}),
      })
      if (request !== null) keys.answered(request)
      return answer
    },
    onSuccess: async (answer) => {
      if (done) showNotice({ message: done, color: 'drop' })
      await takeAnswer(client, answer, { answered, gone })
    },
    onError: (error) => {
      // Whether it was done can be seen there, and what it conflicts with. What is only to be asked for again needs no look.
      if (conflicts(error) || (isLost(error) && !once)) void renew(client)
      if (toast) tellFailure(error, { title: 'That did not work' })
    },
  })
  useForgottenError(mutation)
  return mutation
}

/** Rejects with what kept a change from being sent: lost itself, it says nothing of the change. */
function keptBack(error: Error): never {
  if (!(error instanceof ApiProblem) || !isLost(error)) throw error
  throw new ApiProblem(error.status, `${error.message} Nothing was sent.`, {}, error.requestId, NOT_SENT)
}

/**
 * What was refused for want of a session, or not sent for want of a connection, is not said any more once there is one. What
 * may have been done is.
 */
export function useForgottenError({ error, reset }: { error: Error | null; reset: () => void }): void {
  const { ended } = useEndedSession()
  useEffect(() => {
    if (error === null) return
    if (hasEnded(error) && !ended) return reset()
    if (!(error instanceof ApiProblem) || error.status !== 0 || !wasNotSent(error)) return
    window.addEventListener('online', reset)
    return () => window.removeEventListener('online', reset)
  }, [error, reset, ended])
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
