'use client'

import { Anchor } from '@mantine/core'
import { EmptyState } from './api-result.tsx'
import { PageLink } from './page-link.tsx'

/** Shown in place of a page that the person's role does not have. */
export function NotForYou({ who, what }: { who: string; what: string }) {
  return (
    <EmptyState
      icon="people"
      title={`This page is for ${who}`}
      action={
        <Anchor component={PageLink} href="/console">
          To the start page
        </Anchor>
      }
    >
      Your role does not let you {what}. An owner of this service can change your role.
    </EmptyState>
  )
}
