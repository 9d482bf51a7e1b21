'use client'

import { useEffect, useRef } from 'react'
import { useAddress } from '../kit/use-address.ts'
import { useChosenProject } from './chosen-project.tsx'

/** Which projects a page is about: the chosen one, or all that one sees. */
export interface ProjectScope {
  everywhere: boolean
  /** For the API: undefined stands for all of them. */
  projectId: string | undefined
  /** False until the projects are known. */
  ready: boolean
  /** Null: all of them. */
  choose(projectId: string | null): void
}

/** The project of the address or the one chosen last; `scope=all` in the address is every project. */
export function useProjectScope(): ProjectScope {
  const { project, projects, loading, choose } = useChosenProject()
  const address = useAddress()
  const everywhere = address.get('scope') === 'all' || (!loading && projects.length === 0)
  const before = useRef(project?.id)
  useEffect(() => {
    const changed = before.current !== undefined && before.current !== project?.id
    before.current = project?.id
    // Whoever chooses a project in the head of the page means that one.
    if (changed && address.get('scope')) address.change({ scope: null, page: null }, { replace: true })
  }, [project?.id, address])
  return {
    everywhere,
    projectId: everywhere ? undefined : project?.id,
    ready: !loading,
    choose(projectId) {
      if (projectId === null) return address.change({ scope: 'all', page: null })
      address.change({ scope: null, project: projectId, page: null })
      choose(projectId)
    },
  }
}
