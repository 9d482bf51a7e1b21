'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Right } from '#lib/access/role.ts'
import type { WireUser } from '#lib/people/token-wire.ts'

export interface Viewer {
  user: WireUser
  /**
   * Whether the person may do this: in that project, or without one in any. To leave out what would be refused; the API
   * is what refuses.
   */
  may(right: Right, projectId?: string): boolean
  /** Whether the person may do this everywhere. */
  mayEverywhere(right: Right): boolean
}

const Context = createContext<Viewer | null>(null)

export function ViewerProvider({ user, children }: { user: WireUser; children: ReactNode }) {
  const viewer = useMemo(() => viewerOf(user), [user])
  return <Context value={viewer}>{children}</Context>
}

/** Who is signed in. Only below the shell. */
export function useViewer(): Viewer {
  const viewer = useContext(Context)
  if (!viewer) throw new Error('Nobody is signed in here')
  return viewer
}

function viewerOf(user: WireUser): Viewer {
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
