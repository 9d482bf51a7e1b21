'use client'

import { Button, Code, Group, JsonInput, Paper, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { ApiProblem } from '../api/api.ts'
import { type JsonText, layOut, onlyMemberOf, readJsonText } from '../api/json-text.ts'
import { wordsOf } from '../api/problem-words.ts'
import { useAct, useApi } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { useUnsaved } from '../frame/unsaved-work.tsx'
import { ApiResult } from '../kit/api-result.tsx'

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

function Editor({ path, metadata: kept }: { path: string; metadata: string }) {
  const [text, setText] = useState(kept)
  const [error, setError] = useState<string | null>(null)
  /** What was saved last, until it comes back in the order of the database. */
  const [sent, setSent] = useState<string | null>(null)
  const isSaved = text === kept || text === sent
  useUnsaved(!isSaved)
  const save = useAct<JsonText>({
    path,
    body: (metadata) => ({ metadata }),
    renews: [path, 'samples/'],
    done: 'The metadata was saved.',
    toast: false,
  })
  const submit = () => {
    const read = readJsonText(text)
    if (read === undefined) return setError(NOT_JSON)
    setError(null)
    save.mutate(read, {
      onSuccess: () => {
        setSent(layOut(read.text))
        setText(layOut(read.text))
      },
      onError: (problem) =>
        setError(
          problem instanceof ApiProblem
            ? (problem.fields.metadata?.join(' ') ?? wordsOf(problem))
            : problem.message,
        ),
    })
  }
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <JsonInput
          label="Metadata"
          description="Any JSON, at most 16 KB. The search covers it. Leave out names of people unless you need them."
          value={text}
          onChange={setText}
          error={error}
          validationError={NOT_JSON}
          autosize
          minRows={8}
          maxRows={24}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          spellCheck={false}
        />
        <Group justify="space-between">
          <Text size="sm" c="dimmed" role="status">
            {isSaved ? 'Saved' : 'Not saved yet'}
          </Text>
          <Group gap="sm">
            <Button
              variant="default"
              disabled={isSaved}
              onClick={() => {
                setText(sent ?? kept)
                setError(null)
              }}
            >
              Undo
            </Button>
            <Button onClick={submit} loading={save.isPending} disabled={isSaved}>
              Save
            </Button>
          </Group>
        </Group>
      </Stack>
    </Paper>
  )
}
