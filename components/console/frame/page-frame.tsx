'use client'

import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'

export interface Crumb {
  label: string
  href: string
}

interface Props {
  title: string
  /** One sentence that says what the page is for. */
  description?: ReactNode
  /** The way here, without the page itself. */
  crumbs?: readonly Crumb[]
  /** Buttons beside the title. */
  actions?: ReactNode
  children: ReactNode
}

/** Somebody's name for a thing may be one long word. */
const BREAKS = { overflowWrap: 'anywhere' } as const

/** Heading, way here and actions of a page. Its title is the only `h1`. */
export function PageFrame({ title, description, crumbs = [], actions, children }: Props) {
  return (
    <Stack gap="lg" maw={1200} mx="auto">
      <Stack gap="xs">
        {crumbs.length > 0 && (
          <nav aria-label="Where this page is">
            <Breadcrumbs>
              {crumbs.map(({ label, href }) => (
                <Anchor key={href} component={Link} href={href} size="sm">
                  {label}
                </Anchor>
              ))}
              <Text size="sm" c="dimmed" aria-current="page" style={BREAKS}>
                {title}
              </Text>
            </Breadcrumbs>
          </nav>
        )}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Title order={1} size="h2" style={BREAKS}>
            {title}
          </Title>
          {actions && <Group gap="sm">{actions}</Group>}
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
