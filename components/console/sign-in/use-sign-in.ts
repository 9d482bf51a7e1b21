'use client'

import { useMounted } from '@mantine/hooks'
import { useState } from 'react'
import { callApi } from '../api/api.ts'
import { wordsOf } from '../api/problem-words.ts'

type SignedIn = { second_factor: boolean }

interface SignIn {
  /** What went wrong in the last attempt, in words for the person. */
  error: string | null
  busy: boolean
  /** False until the page's script runs: before that, the browser itself would submit the form and the password in it. */
  ready: boolean
  /** The password was accepted, and a code is required. */
  codeNeeded: boolean
  /**
   * Sends `body` to `/api/auth/{path}`. A handler that returns true from `refused` has shown the error itself, at the
   * fields of its form.
   */
  submit(path: string, body: object, refused?: (error: Error) => boolean): Promise<void>
  startOver(): void
}

/** Every way of signing in to the console. On success the browser goes to `next`, unless `done` does something else. */
export function useSignIn(next = '/console', done?: () => unknown): SignIn {
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [codeNeeded, setCodeNeeded] = useState(false)
  const ready = useMounted()
  return {
    error,
    busy,
    ready,
    codeNeeded,
    async submit(path, body, refused) {
      setBusy(true)
      setError(null)
      try {
        const { second_factor } = await callApi<SignedIn>(`/api/auth/${path}`, { method: 'POST', body })
        if (second_factor) setCodeNeeded(true)
        else if (done) await done()
        else return window.location.assign(next)
      } catch (thrown) {
        if (!refused?.(thrown as Error)) setError(wordsOf(thrown as Error))
      }
      setBusy(false)
    },
    startOver() {
      setCodeNeeded(false)
      setError(null)
    },
  }
}
