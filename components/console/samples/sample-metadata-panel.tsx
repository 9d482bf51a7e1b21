'use client'

import { Button, Code, Group, JsonInput, Paper, Stack, Text } from '@mantine/core'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { layOut, onlyMemberOf, readJsonText } from '../api/json-text.ts'
import { useApi } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult } from '../kit/api-result.tsx'
import { FormError } from '../kit/form-error.tsx'
import { OvertakenNotice } from '../kit/overtaken-notice.tsx'
import { useDraft } from '../kit/use-draft.ts'

const readMetadata = (answer: string): string => layOut(onlyMemberOf(answer))

/** The partner's metadata of a sample, any JSON, shown and edited as the text that it is. */
export function SampleMetadataPanel({ sample }: { sample: SampleDetails }) {
  const { may } = useSignedInPerson()
  const path = `sample-metadata/${sample.id}`
  const asked = useApi<string>(path, {}, { read: readMetadata })
  return (
    <ApiResult result={asked} lines={6}>
      {(metadata) =>
        may('run_analysis', sample.project) ? (
          <Editor path={path} metadata={metadata} />
        ) : (
          <Paper withBorder p="md">
            <Code block>{metadata}</Code>
          </Paper>
        )
      }
    </ApiResult>
  )
}

const NOT_JSON = 'This is not JSON. Put names and texts in double quotes.'

interface Typed extends Record<string, unknown> {
  metadata: string
}

function Editor({ path, metadata }: { path: string; metadata: string }) {
  const { form, changed, saving, error, overtaken, base, save, undo, takeTheirs } = useDraft<Typed, string>({
    kept: { metadata },
    source: { path, read: readMetadata, values: (loaded) => ({ metadata: loaded }) },
    act: {
      path,
      body: (typed) => ({ metadata: readJsonText(typed.metadata!) }),
      read: readMetadata,
      done: 'The metadata was saved.',
    },
    keptBy: (kept) => ({ metadata: kept }),
    validate: { metadata: (text) => (readJsonText(text) === undefined ? NOT_JSON : null) },
  })
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <JsonInput
          label="Metadata"
          description="Any JSON, at most 16 KB. The search covers it. Leave out names of people unless you need them."
          validationError={NOT_JSON}
          autosize
          minRows={8}
          maxRows={24}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          spellCheck={false}
          {...form.getInputProps('metadata')}
        />
        <FormError form={form} error={error} />
        <OvertakenNotice
          fields={overtaken.length > 0 ? ['Metadata'] : []}
          theirs={base.metadata}
          take={takeTheirs}
        />
        <Group justify="space-between">
          <Text size="sm" c="dimmed" role="status">
            {changed ? 'Not saved yet' : 'Saved'}
          </Text>
          <Group gap="sm">
            <Button variant="default" disabled={!changed} onClick={undo}>
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
