'use client'

import { Select } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useAddress } from '../kit/use-address.ts'
import { useChosenProject } from './chosen-project.tsx'

/** Which projects a page is about: the chosen one, or all that the person can see. */
export interface ProjectScope {
  everywhere: boolean
  /** For the API; undefined means all of them. */
  projectId: string | undefined
  /** False until the projects are known. */
  ready: boolean
  /** Null: all of them. */
  choose(projectId: string | null): void
}

/** The chosen project, or every project when the address says `scope=all`. */
export function useProjectScope(): ProjectScope {
  const { project, projects, loading, choose } = useChosenProject()
  const address = useAddress()
  const everywhere = address.get('scope') === 'all' || (!loading && projects.length === 0)
  const before = useRef(project?.id)
  useEffect(() => {
    const changed = before.current !== undefined && before.current !== project?.id
    before.current = project?.id
    // Choosing a project in the header ends `scope=all`.
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

const ALL = 'all'

/** Chooses one project or all of them. Nothing when there is only one. */
export function ProjectScopeSelect({ scope }: { scope: ProjectScope }) {
  const { projects } = useChosenProject()
  if (projects.length < 2) return null
  return (
    <Select
      label="Project"
      size="sm"
      data={[
        { value: ALL, label: 'All projects' },
        ...projects.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={scope.everywhere ? ALL : (scope.projectId ?? ALL)}
      onChange={(value) => scope.choose(value === ALL ? null : value)}
      allowDeselect={false}
      searchable
    />
  )
}
