import type { ReactNode } from 'react'
import { ProjectGate } from '#components/console/frame/project-gate.tsx'

/** Every page of one project. */
export default function ProjectLayout({ children }: { children: ReactNode }) {
  return <ProjectGate>{children}</ProjectGate>
}
