'use client'

import { createContext, useContext } from 'react'

/** Whether the API has refused this browser's session. Below the providers of the console only. */
export interface EndedSession {
  ended: boolean
  /** Whether somebody else has signed in in this browser since. */
  another: boolean
  /** What became of the change that was refused with it; null when none was. */
  refused: string | null
  /** Somebody else has signed in. */
  becomeAnothers(): void
  /** The person has signed in again: everything on the page is requested again. */
  resume(): void
}

const Context = createContext<EndedSession | null>(null)

export const EndedSessionProvider = Context

export function useEndedSession(): EndedSession {
  const session = useContext(Context)
  if (!session) throw new Error('useEndedSession is used outside the console')
  return session
}
