'use client'

import { Select } from '@mantine/core'
import { usePathname } from 'next/navigation'
import { memo, useCallback, useMemo } from 'react'
import { useAddress } from '../kit/use-address.ts'
import { readAddress, sectionHref } from './addresses.ts'
import { optionOf, useChosenProject } from './chosen-project.tsx'

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

/** The project in the address, or every project when the address says `scope=all`. */
export function useProjectScope(): ProjectScope {
  const { project, projects, loading, missing } = useChosenProject()
  const { get, change } = useAddress()
  const { section } = readAddress(usePathname())
  const choose = useCallback(
    (projectId: string | null) => {
      if (section === null) return
      const path = sectionHref(projectId, section)
      change({ scope: projectId === null ? 'all' : null, page: null }, { path })
    },
    [section, change],
  )
  const everywhere = get('scope') === 'all' || (!loading && !missing && projects.length === 0)
  const projectId = everywhere ? undefined : project?.id
  const ready = !loading && (everywhere || project !== undefined)
  return useMemo(() => ({ everywhere, projectId, ready, choose }), [everywhere, projectId, ready, choose])
}

const ALL = 'all'

/** Chooses one project or all of them. Nothing when there is only one. Drawn again only when the choice has changed. */
export const ProjectScopeSelect = memo(function ProjectScopeSelect({ scope }: { scope: ProjectScope }) {
  const { projects } = useChosenProject()
  if (projects.length < 2) return null
  return (
    <Select
      label="Project"
      size="sm"
      data={[{ value: ALL, label: 'All projects' }, ...projects.map(optionOf)]}
      value={scope.everywhere ? ALL : (scope.projectId ?? ALL)}
      onChange={(value) => scope.choose(value === ALL ? null : value)}
      allowDeselect={false}
      searchable
    />
  )
})
