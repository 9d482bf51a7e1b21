'use client'

import { Button, Code, Group, JsonInput, Paper, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { ApiProblem } from '../api/api.ts'
import { useAct, useApi, wordsOf } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult } from '../kit/api-result.tsx'

interface Metadata {
  metadata: unknown
}

/** The partner's metadata of a sample, any JSON, shown and edited as text. */
export function SampleMetadataPanel({ sample }: { sample: SampleDetails }) {
  const { may } = useSignedInPerson()
  const path = `sample-metadata/${sample.id}`
  const asked = useApi<Metadata>(path)
  return (
    <ApiResult result={asked} lines={6}>
      {({ metadata }) =>
        may('run_analysis', sample.project) ? (
          <Editor path={path} metadata={metadata} />
        ) : (
          <Paper withBorder p="md">
            <Code block>{JSON.stringify(metadata, null, 2)}</Code>
          </Paper>
        )
      }
    </ApiResult>
  )
}

const NOT_JSON = 'This is not JSON. Put names and texts in double quotes.'

function Editor({ path, metadata }: { path: string; metadata: unknown }) {
  const kept = JSON.stringify(metadata, null, 2)
  const [text, setText] = useState(kept)
  const [error, setError] = useState<string | null>(null)
  const save = useAct<unknown>({
    path,
    body: (value) => ({ metadata: value }),
    renews: [path, 'samples/'],
    done: 'The metadata was saved.',
    toast: false,
  })
  const submit = () => {
    const read = parseJson(text)
    if (read === undefined) return setError(NOT_JSON)
    setError(null)
    save.mutate(read.value, {
      onSuccess: () => setText(JSON.stringify(read.value, null, 2)),
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
            {text === kept ? 'Saved' : 'Not saved yet'}
          </Text>
          <Group gap="sm">
            <Button
              variant="default"
              disabled={text === kept}
              onClick={() => {
                setText(kept)
                setError(null)
              }}
            >
              Undo
            </Button>
            <Button onClick={submit} loading={save.isPending} disabled={text === kept}>
              Save
            </Button>
          </Group>
        </Group>
      </Stack>
    </Paper>
  )
}

/** Wraps the value, so that `null` is distinct from text that is not JSON. */
function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
