'use client'

import { Alert, Button, Code, Group, Paper, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { ApiProblem } from '../api/api.ts'
import { ConsoleIcon, type ConsoleIconName } from './console-icon.tsx'

interface Asked<Answer> {
  data: Answer | undefined
  error: Error | null
  refetch: () => unknown
}

interface Props<Answer> {
  asked: Asked<Answer>
  /** Lines of the skeleton: as high as what will be there, so that nothing jumps. */
  lines?: number
  /** Instead of the content while there is none; it teaches what to do. */
  empty?: { when: (answer: Answer) => boolean; show: ReactNode }
  children: (answer: Answer) => ReactNode
}

/** What `useApi` answers: a skeleton at first, what went wrong with a way to try again, or the content. */
export function DataState<Answer>({ asked, lines = 5, empty, children }: Props<Answer>) {
  if (asked.data === undefined) {
    return asked.error ? (
      <WentWrong error={asked.error} retry={() => void asked.refetch()} />
    ) : (
      <LoadingLines lines={lines} />
    )
  }
  if (empty?.when(asked.data)) return empty.show
  return (
    <>
      {asked.error && <WentWrong error={asked.error} retry={() => void asked.refetch()} />}
      {children(asked.data)}
    </>
  )
}

/** As many rows as will be there. */
export function LoadingLines({ lines = 5 }: { lines?: number }) {
  return (
    <Stack gap="sm" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are all alike
        <Skeleton key={line} height={36} />
      ))}
    </Stack>
  )
}

/** Words for the person, and the request's id for whoever they ask. */
export function WentWrong({ error, retry }: { error: Error; retry?: (() => void) | undefined }) {
  const requestId = error instanceof ApiProblem ? error.requestId : null
  return (
    <Alert color="red" role="alert" icon={<ConsoleIcon name="warning" />} title="This could not be loaded">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{error.message}</Text>
        {requestId && (
          <Text size="sm">
            Request <Code>{requestId}</Code>
          </Text>
        )}
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

interface EmptyProps {
  icon: ConsoleIconName
  title: string
  children: ReactNode
  /** The first thing to do here. */
  action?: ReactNode
}

/** A place where nothing is yet: what will be here, and how it comes. */
export function EmptyState({ icon, title, children, action }: EmptyProps) {
  return (
    <Paper withBorder p="xl">
      <Stack align="center" gap="sm" ta="center">
        <ThemeIcon variant="light" size={48} radius="xl">
          <ConsoleIcon name={icon} size={26} />
        </ThemeIcon>
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text c="dimmed" maw="52ch">
          {children}
        </Text>
        {action && <Group mt="xs">{action}</Group>}
      </Stack>
    </Paper>
  )
}
