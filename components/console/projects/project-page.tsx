'use client'

import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { useApi } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { useTabs } from '../frame/use-tabs.ts'
import { ApiResult } from '../kit/api-result.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { PageLink } from '../kit/page-link.tsx'
import { Tabbed } from '../kit/tabbed.tsx'
import { ProjectBrand } from './project-brand.tsx'
import { ProjectDanger } from './project-danger.tsx'
import { ProjectOverview } from './project-overview.tsx'
import { ProjectQuality } from './project-quality.tsx'
import { ProjectRules } from './project-rules.tsx'
import { TestBadge } from './test-mark.tsx'

interface ProjectTab {
  key: string
  label: string
  /** Shown only to people who can change the project. */
  writing?: true
  show: (project: ProjectItem) => ReactNode
}

const TABS: ProjectTab[] = [
  { key: 'overview', label: 'Overview', show: (project) => <ProjectOverview project={project} /> },
  { key: 'quality', label: 'Quality', show: (project) => <ProjectQuality project={project} /> },
  { key: 'brand', label: 'Brand', show: (project) => <ProjectBrand project={project} /> },
  { key: 'settings', label: 'Settings', show: (project) => <ProjectRules project={project} /> },
  {
    key: 'danger',
    label: 'Danger zone',
    writing: true,
    show: (project) => <ProjectDanger project={project} />,
  },
]

/** One project: overview, brand and settings. */
export function ProjectPage({ projectId }: { projectId: string }) {
  const asked = useApi<ProjectItem>(`projects/${encodeURIComponent(projectId)}`)
  const { may } = useSignedInPerson()
  const project = asked.data
  const { chosen } = useTabs(TABS)
  const title = project?.name ?? 'Project'
  return (
    <PageFrame
      title={title}
      documentTitle={`${chosen.label} · ${title}`}
      crumbs={[{ label: 'Projects', href: '/console/projects' }]}
      mark={project?.test && <TestBadge />}
      actions={
        project &&
        may('upload_create', project.id) && (
          <Button
            component={PageLink}
            href={sectionHref(project.id, 'new-session')}
            leftSection={<ConsoleIcon name="link" size={16} />}
          >
            New upload session
          </Button>
        )
      }
    >
      <ApiResult result={asked} lines={8}>
        {(there) => <ProjectTabs key={there.id} project={there} />}
      </ApiResult>
    </PageFrame>
  )
}

function ProjectTabs({ project }: { project: ProjectItem }) {
  const { may } = useSignedInPerson()
  const tabs = TABS.filter(({ writing }) => !writing || may('project_write', project.id))
  const { chosen, choose } = useTabs(tabs)
  return (
    <Tabbed tabs={tabs} chosen={chosen} choose={choose}>
      {chosen.show(project)}
    </Tabbed>
  )
}
