'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Right } from '#lib/access/role.ts'
import type { WireUser } from '#lib/people/wire.ts'
import { actOnlyFor, callApi } from '../api/api.ts'
import { hasEnded } from '../api/problem-words.ts'
import { tellFailure } from '../api/tell-failure.ts'

export interface SignedInPerson {
  user: WireUser
  /**
   * Whether the person may do this in that project or, without one, in any. Hides what would be refused; the API is what
   * refuses.
   */
  may(right: Right, projectId?: string): boolean
  /** Whether the person may do this everywhere. */
  mayEverywhere(right: Right): boolean
}

const Context = createContext<SignedInPerson | null>(null)

export function SignedInPersonProvider({ user, children }: { user: WireUser; children: ReactNode }) {
  const person = useMemo(() => signedInPersonOf(user), [user])
  // Before the first request of any page below.
  if (typeof window !== 'undefined') actOnlyFor(user.id)
  return <Context value={person}>{children}</Context>
}

/** The person who is signed in. Works below the shell only. */
export function useSignedInPerson(): SignedInPerson {
  const person = useContext(Context)
  if (!person) throw new Error('useSignedInPerson is used outside the shell')
  return person
}

function signedInPersonOf(user: WireUser): SignedInPerson {
  const mayEverywhere = (right: Right) => user.rights.includes(right)
  return {
    user,
    mayEverywhere,
    may(right, projectId) {
      if (mayEverywhere(right)) return true
      const single = user.project_rights
      return projectId === undefined
        ? Object.values(single).some((rights) => rights.includes(right))
        : (single[projectId]?.includes(right) ?? false)
    },
  }
}

/** Ends this session and leaves the document, so that nothing it had loaded remains. */
export const useSignOut = () => () => {
  callApi('/api/auth/sign-out', { method: 'POST' }).then(
    () => window.location.assign('/console/sign-in'),
    (error: Error) => {
      // There is no session of this person any more.
      if (hasEnded(error)) return window.location.assign('/console/sign-in')
      tellFailure(error, { title: 'You are still signed in' })
    },
  )
}
