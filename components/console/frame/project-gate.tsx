'use client'

import type { ReactNode } from 'react'
import { NotFoundNotice } from '../kit/not-found-notice.tsx'
import { useChosenProject } from './chosen-project.tsx'
import { PageFrame } from './page-frame.tsx'

/** Shows the pages of a project, or says that the project in the address does not exist for this person. */
export function ProjectGate({ children }: { children: ReactNode }) {
  const { missing } = useChosenProject()
  if (!missing) return children
  return (
    <PageFrame title="Project not found">
      <NotFoundNotice what="project" back={{ label: 'All projects', href: '/console/projects' }} />
    </PageFrame>
  )
}
