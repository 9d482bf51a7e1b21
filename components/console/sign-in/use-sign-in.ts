'use client'

import { useMounted } from '@mantine/hooks'
import { useState } from 'react'
import { callApi } from '../api/api.ts'
import { wordsOf } from '../api/use-api.tsx'

type Opened = { second_factor: boolean }

interface Door {
  /** What went wrong last, for the person. */
  error: string | null
  busy: boolean
  /** The page's own program runs. Before, the browser itself would send a form, and with it the password. */
  ready: boolean
  /** The person has given the password, and a code is asked for. */
  codeWanted: boolean
  /** Send this to `/api/auth/{path}`; true when the page goes on by itself. `refused` may take the error for a form. */
  knock(path: string, body: object, refused?: (error: Error) => boolean): Promise<void>
  startAgain(): void
}

/** Any way into the console: when it opens, on to the page that was asked for. */
export function useDoor(next = '/console'): Door {
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [codeWanted, setCodeWanted] = useState(false)
  const ready = useMounted()
  return {
    error,
    busy,
    ready,
    codeWanted,
    async knock(path, body, refused) {
      setBusy(true)
      setError(null)
      try {
        const { second_factor } = await callApi<Opened>(`/api/auth/${path}`, { method: 'POST', body })
        if (!second_factor) return window.location.assign(next)
        setCodeWanted(true)
      } catch (thrown) {
        if (!refused?.(thrown as Error)) setError(wordsOf(thrown as Error))
      }
      setBusy(false)
    },
    startAgain() {
      setCodeWanted(false)
      setError(null)
    },
  }
}
