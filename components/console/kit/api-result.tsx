'use client'

import { Alert, Button, Code, Group, Paper, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { ApiProblem } from '../api/api.ts'
import { leadsNowhere, mayPass, sayProblem } from '../api/problem-words.ts'
import { ConsoleIcon, type ConsoleIconName } from './console-icon.tsx'
import { useAddress } from './use-address.ts'

interface Result<Answer> {
  data: Answer | undefined
  error: Error | null
  refetch: () => unknown
}

interface Props<Answer> {
  result: Result<Answer>
  /** Lines of the skeleton: as high as the content will be, so that nothing jumps. */
  lines?: number
  /** Shown in place of an empty answer; it says what to do first. */
  empty?: { when: (answer: Answer) => boolean; show: ReactNode }
  /** Shown when there is nothing at this address for the person. */
  missing?: ReactNode
  children: (answer: Answer) => ReactNode
}

/** Shows the result of `useApi`: a skeleton at first, then the content, or the error with a button to try again. */
export function ApiResult<Answer>({ result, lines = 5, empty, missing, children }: Props<Answer>) {
  if (missing && leadsNowhere(result.error)) return missing
  if (result.data === undefined) {
    return result.error ? (
      <LoadFailure error={result.error} retry={() => void result.refetch()} />
    ) : (
      <LoadingLines lines={lines} />
    )
  }
  if (empty?.when(result.data)) return empty.show
  return (
    <>
      {result.error && <LoadFailure error={result.error} retry={() => void result.refetch()} />}
      {children(result.data)}
    </>
  )
}

/** A skeleton with as many rows as the content will have. */
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

/** What went wrong, in words, with the request's id for support. */
export function LoadFailure({ error, retry }: { error: Error; retry?: (() => void) | undefined }) {
  const requestId = error instanceof ApiProblem ? error.requestId : null
  if (error instanceof ApiProblem && ('after' in error.fields || 'offset' in error.fields))
    return <NoSuchPage />
  return (
    <Alert color="red" role="alert" icon={<ConsoleIcon name="warning" />} title="This could not be loaded">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{sayProblem(error)}</Text>
        {requestId && (
          <Text size="sm">
            Request <Code>{requestId}</Code>
          </Text>
        )}
        {retry && mayPass(error) && (
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

/** In place of a page of a list whose address leads to none. */
function NoSuchPage() {
  const address = useAddress()
  return (
    <EmptyState
      icon="search"
      title="There is no such page of this list"
      action={
        <Button variant="default" onClick={() => address.change({ page: null, offset: null, size: null })}>
          First page
        </Button>
      }
    >
      The address of this page names a place too far on to count to, was cut off or changed, or is of an
      earlier version.
    </EmptyState>
  )
}

interface EmptyProps {
  icon: ConsoleIconName
  title: string
  children: ReactNode
  /** The first thing to do here. */
  action?: ReactNode
}

/** Shown where there is no data yet: what will appear here, and how to get it. */
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
