'use client'

import { Center, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** The frame of every page for people who are not signed in. */
export function SignInFrame({
  title,
  description,
  children,
}: {
  title: string
  description?: ReactNode
  children: ReactNode
}) {
  return (
    <Center component="main" mih="100dvh" p="md" bg="var(--console-sunken)">
      <Stack w="100%" maw={420} gap="lg">
        <Text fw={700} ta="center">
          Arraydrop
        </Text>
        <Paper withBorder p={{ base: 'lg', xs: 'xl' }}>
          <Stack gap="md">
            <Stack gap={4}>
              <Title order={1} size="h3">
                {title}
              </Title>
              {description && <Text c="dimmed">{description}</Text>}
            </Stack>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Center>
  )
}
