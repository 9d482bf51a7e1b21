'use client'

import { Anchor } from '@mantine/core'
import { EmptyState } from './api-result.tsx'
import { PageLink } from './page-link.tsx'

interface Props {
  /** What was looked for: `sample`, `webhook`, `page`. */
  what: string
  back: { label: string; href: string }
}

/** Shown in place of something that does not exist for this person. Trying again would not help; a way back does. */
export function NotFoundNotice({ what, back }: Props) {
  return (
    <EmptyState
      icon="search"
      title={`There is no ${what} at this address`}
      action={
        <Anchor component={PageLink} href={back.href}>
          {back.label}
        </Anchor>
      }
    >
      It may have been deleted, or it belongs to a project that you cannot see. Check the address, or ask an
      owner of this service for a role in that project.
    </EmptyState>
  )
}
