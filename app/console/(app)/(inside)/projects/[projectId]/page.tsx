import type { Metadata } from 'next'
import { ProjectPage } from '#components/console/projects/project-page.tsx'

export const metadata: Metadata = { title: 'Project' }

/** One project. The API decides whether it exists for this person. */
export default async function Page({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params
  return <ProjectPage projectId={projectId} />
}
