'use client'

import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { OvertakenNotice } from '../kit/overtaken-notice.tsx'
import classes from './save-bar.module.css'

interface Props {
  changed: boolean
  saving: boolean
  /** How many fields were refused. */
  refused: number
  error: string | null
  /** Labels of the fields that somebody else changed under what is typed. */
  overtaken: readonly string[]
  save: () => void
  undo: () => void
  takeTheirs: () => void
}

/** Stays in view below a long form while there are unsaved changes. */
export function SaveBar({ changed, saving, refused, error, overtaken, save, undo, takeTheirs }: Props) {
  return (
    <Paper withBorder p="sm" {...(changed ? { className: classes.bar!, shadow: 'sm' } : {})}>
      <Stack gap="xs">
        {error && (
          <Alert color="red" role="alert" icon={<ConsoleIcon name="warning" />}>
            {error}
          </Alert>
        )}
        <OvertakenNotice fields={overtaken} take={takeTheirs} />
        <Group justify="space-between">
          <Text size="sm" c={refused > 0 ? 'var(--mantine-color-error)' : 'dimmed'} role="status">
            {refused > 0
              ? `Not saved: ${refused === 1 ? 'one field needs' : `${refused} fields need`} another look.`
              : changed
                ? 'Not saved yet'
                : 'All saved'}
          </Text>
          <Group gap="sm">
            <Button variant="default" onClick={undo} disabled={!changed}>
              Undo
            </Button>
            <Button onClick={save} loading={saving} disabled={!changed}>
              Save
            </Button>
          </Group>
        </Group>
      </Stack>
    </Paper>
  )
}
