'use client'

import { Anchor, Group, Paper, SimpleGrid, Stack, Text, ThemeIcon } from '@mantine/core'
import Link from 'next/link'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { entriesFor, hrefOf } from '../frame/navigation.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { AttentionList } from './attention-list.tsx'

/** What needs attention, and a card for every page the person can open. */
export function StartPage() {
  const person = useSignedInPerson()
  const { project } = useChosenProject()
  const entries = entriesFor(person)
    .map((entry) => ({ ...entry, href: hrefOf(entry, project?.id) }))
    .filter(({ href }) => href !== '/console')
  const name = person.user.name.split(' ')[0]
  return (
    <PageFrame title={name ? `Hello, ${name}` : 'Hello'} description="Press Ctrl K (or ⌘ K) to go anywhere.">
      <AttentionList />
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {entries.map(({ href, label, description, icon, outside }) => (
          <Paper key={href} withBorder p="md">
            <Group wrap="nowrap" align="flex-start">
              <ThemeIcon variant="light" size={40}>
                <ConsoleIcon name={icon} size={22} />
              </ThemeIcon>
              <Stack gap={2}>
                <Anchor {...(outside ? { href } : { component: Link, href })} fw={600}>
                  {label}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {description}
                </Text>
              </Stack>
            </Group>
          </Paper>
        ))}
      </SimpleGrid>
    </PageFrame>
  )
}
