import { Alert, Badge } from '@mantine/core'

/** Marks the name of a test project. */
export function TestBadge() {
  return (
    <Badge variant="outline" tt="none" color="orange" style={{ color: 'inherit' }}>
      test
    </Badge>
  )
}

/** What is different about a test project. */
export function TestNotice() {
  return (
    <Alert
      color="orange"
      title="This is a test project"
      styles={{ label: { color: 'var(--mantine-color-text)' } }}
    >
      Its links can be opened for two minutes and stay open for five, the upload page says that it is a test,
      and every sample is deleted a day after it was created. It can never become an ordinary project.
    </Alert>
  )
}
