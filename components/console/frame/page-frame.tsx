'use client'

import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { keepFocusOnArrival } from '../kit/page-focus.ts'
import { PageLink } from '../kit/page-link.tsx'
import type { Crumb } from './addresses.ts'
import styles from './page-frame.module.css'
import { usePageTitle } from './use-page-title.ts'

interface Props {
  title: string
  /** For the title of the document, where it is another one. */
  documentTitle?: string
  /** One sentence on what the page is for. */
  description?: ReactNode
  /** The pages above this one. */
  crumbs?: readonly Crumb[]
  /** Beside the title: what kind of thing it is the title of. */
  mark?: ReactNode
  /** Buttons beside the title. */
  actions?: ReactNode
  children: ReactNode
}

/** A name given by a person can be one long word. */
const BREAKS = { overflowWrap: 'anywhere', whiteSpace: 'normal' } as const

/** It takes the focus only from the page, which says with it where the person is. */
const HEADING = { ...BREAKS, outline: 'none' } as const

/** Title, breadcrumbs and actions of a page. The title is its only `h1`. */
export function PageFrame({
  title,
  documentTitle = title,
  description,
  crumbs = [],
  mark,
  actions,
  children,
}: Props) {
  usePageTitle(documentTitle)
  useEffect(keepFocusOnArrival, [])
  return (
    <Stack gap="lg" maw={1200} mx="auto">
      <Stack gap="xs">
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumbs">
            {/* Mantine replaces the style of each breadcrumb by this one. */}
            <Breadcrumbs styles={{ breadcrumb: { ...BREAKS, lineHeight: 1.5 } }}>
              {crumbs.map(({ label, href }) => (
                <Anchor key={href} component={PageLink} href={href} size="sm">
                  {label}
                </Anchor>
              ))}
              <Text size="sm" c="dimmed" aria-current="page">
                {title}
              </Text>
            </Breadcrumbs>
          </nav>
        )}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Title order={1} size="h2" tabIndex={-1} style={HEADING}>
            {title}
          </Title>
          {mark}
          {actions && (
            <Group gap="sm" ms="auto" className={styles.actions}>
              {actions}
            </Group>
          )}
        </Group>
        {description && (
          <Text c="dimmed" maw="70ch">
            {description}
          </Text>
        )}
      </Stack>
      {children}
    </Stack>
  )
}
