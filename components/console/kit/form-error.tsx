'use client'

import { Alert, List } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { ApiProblem } from '../api/api.ts'
import { wordsOf } from '../api/problem-words.ts'

interface Props<Values extends Record<string, unknown>> {
  form: UseFormReturnType<Values>
  error: Error | null
  title?: string | undefined
}

/** What the API refused and no field of the form shows (`showFieldErrors`). Nothing when every message has its field. */
export function FormError<Values extends Record<string, unknown>>({ form, error, title }: Props<Values>) {
  const messages = error ? messagesBeside(error, Object.keys(form.getValues())) : []
  if (messages.length === 0) return null
  return (
    <Alert color="red" role="alert" title={title}>
      {messages.length === 1 ? (
        messages[0]
      ) : (
        <List size="sm">
          {messages.map((message) => (
            <List.Item key={message}>{message}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  )
}

function messagesBeside(error: Error, fields: readonly string[]): string[] {
  const named = error instanceof ApiProblem ? Object.entries(error.fields) : []
  if (named.length === 0) return [wordsOf(error)]
  const messages = named.flatMap(([name, words]) => (fields.includes(name) ? [] : words))
  return [...new Set(messages)]
}
