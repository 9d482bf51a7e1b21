'use client'

import { Select } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { usePathname, useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { leadsNowhere } from '../api/problem-words.ts'
import { useApi, useList } from '../api/use-api.tsx'
import { type Crumb, type ProjectSection, readAddress, sectionHref } from './addresses.ts'
import { useSignedInPerson } from './signed-in-person.tsx'
import { useUnsavedWork } from './unsaved-work.tsx'

/** The longest page of the API. */
const PROJECTS_MAX = 200

interface ChosenProject {
  /** Undefined while the projects load, and when there are none. */
  project: ProjectItem | undefined
  /** Its id; known from the address even to people who see no projects. */
  projectId: string | undefined
  /** All that the person sees, by name; the default project comes first. */
  projects: readonly ProjectItem[]
  loading: boolean
  /** The address names a project that does not exist for this person. */
  missing: boolean
  /** Goes to the same page of another project. */
  choose(projectId: string): void
}

const Context = createContext<ChosenProject | null>(null)

/**
 * Provides the project in the address, otherwise the one seen last, otherwise the default project. An address that should
 * name a project and does not (`/console/samples`, `?project=`) is completed in place.
 */
export function ChosenProjectProvider({ children }: { children: ReactNode }) {
  const { projectId: named } = readAddress(usePathname())
  const query = useSearchParams()
  const asked = named ?? query.get('project')
  const { projects, found, loading, missing } = useProjects(asked)
  const [last, setLast] = useLocalStorage({ key: 'arraydrop-project', defaultValue: '' })
  const { go } = useUnsavedWork()
  const byHabit = projects.find(({ id }) => id === last) ?? projects[0]
  // Never another one in the place of the one that is named.
  const chosen = asked === null ? byHabit : found
  // Before the address is completed: the next page may be asked for as soon as that shows.
  useEffect(() => {
    if (asked !== null && found) setLast(found.id)
  }, [asked, found, setLast])
  useCompletedAddress(chosen?.id)
  const projectId = asked ?? chosen?.id
  const choice = useMemo<ChosenProject>(
    () => ({
      projects,
      project: chosen,
      projectId,
      loading,
      missing,
      choose(wanted) {
        // Read now: everything that knows the project would be drawn again with every page.
        const { projectId: named, section, below } = readAddress(window.location.pathname)
        // A page of one sample or one webhook has no counterpart in another project.
        if (section !== null) go(sectionHref(wanted, section, below === 'import' ? below : null))
        else if (named !== null) go(`/console/projects/${wanted}`)
        else setLast(wanted)
      },
    }),
    [projects, chosen, projectId, loading, missing, setLast, go],
  )
  return <Context value={choice}>{children}</Context>
}

/** The person's projects, and the one with this id even where there are more than a page of the API has. */
function useProjects(asked: string | null) {
  const mayRead = useSignedInPerson().may('sample_read')
  const list = useList<ProjectItem>(
    'projects/',
    { limit: PROJECTS_MAX, sort_by: 'name', sort_order: 'asc' },
    { enabled: mayRead },
  )
  const projects = useMemo(
    () =>
      (list.data?.results ?? []).toSorted(
        (one, other) => Number(other.default_for_array_data) - Number(one.default_for_array_data),
      ),
    [list.data],
  )
  const listed = projects.find(({ id }) => id === asked)
  const unlisted = asked !== null && list.data !== undefined && listed === undefined
  const single = useApi<ProjectItem>(`projects/${encodeURIComponent(asked ?? '')}`, {}, { enabled: unlisted })
  const alone = unlisted && single.data?.id === asked ? single.data : undefined
  return {
    projects,
    found: listed ?? alone,
    loading: (mayRead && list.isPending) || (unlisted && alone === undefined && single.error === null),
    missing: unlisted && leadsNowhere(single.error),
  }
}

/** Puts the chosen project into an address that leaves it out, keeping its query; `scope=all` is about none. */
function useCompletedAddress(projectId: string | undefined): void {
  const pathname = usePathname()
  const query = useSearchParams()
  const { leaving } = useUnsavedWork()
  useEffect(() => {
    if (leaving()) return
    const { projectId: named, section, below } = readAddress(pathname)
    if (named !== null || section === null || projectId === undefined || query.get('scope') === 'all') return
    // The pages of one sample and one webhook know their project themselves.
    if (below !== null && below !== 'import') return
    const kept = new URLSearchParams(query)
    kept.delete('project')
    window.history.replaceState(null, '', withQuery(sectionHref(projectId, section, below), kept))
  }, [pathname, query, projectId, leaving])
}

/** Corrects the address of a page whose project is known only once it has loaded, keeping its query. */
export function useProjectInAddress(
  section: ProjectSection,
  projectId: string | undefined,
  id: string,
): void {
  const pathname = usePathname()
  const { leaving } = useUnsavedWork()
  useEffect(() => {
    if (projectId === undefined || leaving()) return
    const right = sectionHref(projectId, section, id)
    if (pathname === right || readAddress(pathname).below !== id) return
    window.history.replaceState(null, '', withQuery(right, new URLSearchParams(window.location.search)))
  }, [pathname, section, projectId, id, leaving])
}

/** The breadcrumb of the project that a page belongs to. */
export function useProjectCrumbs(): Crumb[] {
  const { project } = useChosenProject()
  return project ? [{ label: project.name, href: `/console/projects/${project.id}` }] : []
}

const withQuery = (path: string, query: URLSearchParams): string =>
  query.size === 0 ? path : `${path}?${query}`

export function useChosenProject(): ChosenProject {
  const choice = useContext(Context)
  if (!choice) throw new Error('useChosenProject is used outside the shell')
  return choice
}

/** A project in a list to choose from; one for tests says so. */
export const optionOf = ({ id, name, test }: ProjectItem): { value: string; label: string } => ({
  value: id,
  label: test ? `${name} (test)` : name,
})

/** Chooses the project that the pages are about. */
export function ProjectSwitcher() {
  const { project, projects, choose } = useChosenProject()
  if (projects.length === 0) return null
  return (
    <Select
      aria-label="Project"
      data={projects.map(optionOf)}
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
