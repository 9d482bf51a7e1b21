'use client'

import { Select } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { useList } from '../api/use-api.tsx'
import { useSignedInPerson } from './signed-in-person.tsx'

/** The longest page of the API. */
const PROJECTS_MAX = 200

interface ChosenProject {
  /** Undefined while the projects load, and when there are none. */
  project: ProjectItem | undefined
  projects: readonly ProjectItem[]
  loading: boolean
  choose(projectId: string): void
}

const Context = createContext<ChosenProject | null>(null)

/** Provides the project in the address (`?project=`), otherwise the one chosen last, otherwise the first. */
export function ChosenProjectProvider({ children }: { children: ReactNode }) {
  const person = useSignedInPerson()
  const list = useList<ProjectItem>(
    'projects/',
    { limit: PROJECTS_MAX, sort_by: 'name', sort_order: 'asc' },
    { enabled: person.may('sample_read') },
  )
  const [last, setLast] = useLocalStorage({ key: 'arraydrop-project', defaultValue: '' })
  const asked = useSearchParams().get('project')
  const pathname = usePathname()
  const router = useRouter()
  const choice = useMemo<ChosenProject>(() => {
    const projects = list.data?.results ?? []
    const by = (id: string | null) => projects.find((project) => project.id === id)
    return {
      projects,
      project: by(asked) ?? by(last) ?? projects[0],
      loading: list.isPending && list.fetchStatus !== 'idle',
      choose(projectId) {
        setLast(projectId)
        if (asked !== null) router.replace(`${pathname}?project=${projectId}`)
      },
    }
  }, [list.data, list.isPending, list.fetchStatus, asked, last, setLast, pathname, router])
  return <Context value={choice}>{children}</Context>
}

export function useChosenProject(): ChosenProject {
  const choice = useContext(Context)
  if (!choice) throw new Error('useChosenProject is used outside the shell')
  return choice
}

/** Chooses the project that the pages are about. */
export function ProjectSwitcher() {
  const { project, projects, choose } = useChosenProject()
  if (projects.length === 0) return null
  return (
    <Select
      aria-label="Project"
      data={projects.map(({ id, name }) => ({ value: id, label: name }))}
      value={project?.id ?? null}
      onChange={(id) => id && choose(id)}
      allowDeselect={false}
      searchable
      nothingFoundMessage="No matching project"
      maxDropdownHeight={320}
      size="sm"
    />
  )
}
