'use client'

import { Anchor } from '@mantine/core'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { EmptyState } from '../kit/api-result.tsx'
import { PageLink } from '../kit/page-link.tsx'
import { AttentionList } from './attention-list.tsx'
import { FirstSteps } from './first-steps.tsx'
import { Today } from './today.tsx'

/** What to do first, then what needs attention, and how today goes. */
export function StartPage() {
  const { user, may, mayEverywhere } = useSignedInPerson()
  const { project, loading } = useChosenProject()
  const name = user.name.split(' ')[0]
  return (
    <PageFrame
      title={name ? `Hello, ${name}` : 'Hello'}
      documentTitle="Start"
      description="Press Ctrl K (or ⌘ K) to go anywhere, and ? to see every key."
    >
      {project && <FirstSteps key={`steps ${project.id}`} project={project} />}
      <AttentionList />
      {project && <Today key={`today ${project.id}`} project={project} />}
      {!project && !loading && may('sample_read') && (
        <EmptyState
          icon="projects"
          title="No project yet"
          action={
            mayEverywhere('project_write') && (
              <Anchor component={PageLink} href="/console/projects">
                Create a project
              </Anchor>
            )
          }
        >
          A project owns samples and has its own brand, rules, keys and webhooks.
        </EmptyState>
      )}
      {!may('sample_read') && (
        <EmptyState
          icon="link"
          title="You create upload links"
          action={
            may('upload_create') && (
              <Anchor component={PageLink} href="/console/new-session">
                New upload session
              </Anchor>
            )
          }
        >
          Your role shows neither samples nor projects.
        </EmptyState>
      )}
    </PageFrame>
  )
}
