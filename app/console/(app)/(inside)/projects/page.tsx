import type { Metadata } from 'next'
import { ProjectsPage } from '#components/console/projects/projects-page.tsx'

export const metadata: Metadata = { title: 'Projects' }

/** Every project that the person sees. */
export default function Page() {
  return <ProjectsPage />
}
