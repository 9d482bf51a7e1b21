'use client'

import { Select } from '@mantine/core'
import { useChosenProject } from './chosen-project.tsx'
import type { ProjectScope } from './project-scope.tsx'

const ALL = 'all'

/** One project, or all of them. Nothing where there is no choice. */
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
