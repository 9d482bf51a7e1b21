'use client'

import { Alert, Button, Group, JsonInput, List, Modal, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { AssignAnswer, SheetRow } from '#lib/fastq/wire.ts'
import { ApiProblem } from '../api/api.ts'
import { useAct, wordsOf } from '../api/use-api.tsx'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'

interface Props {
  rows: readonly SheetRow[]
  opened: boolean
  onClose: () => void
  onAssigned: () => void
}

/** Make samples of files: all of them or none, and their analyses begin at once. */
export function AssignDialog({ rows, opened, onClose, onAssigned }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Assign to a project">
      <AssignForm rows={rows} onClose={onClose} onAssigned={onAssigned} />
    </Modal>
  )
}

function AssignForm({ rows, onClose, onAssigned }: Omit<Props, 'opened'>) {
  const { may } = useSignedInPerson()
  const { project, projects } = useChosenProject()
  const allowed = projects.filter(({ id }) => may('run_analysis', id))
  const owners = new Set(rows.flatMap((row) => (row.project === null ? [] : [row.project])))
  const [first] = owners
  const [chosen, setChosen] = useState<string | null>(first ?? project?.id ?? null)
  const [metadata, setMetadata] = useState('')
  const [faults, setFaults] = useState<readonly string[]>([])
  const assign = useAct<unknown, AssignAnswer>({
    path: `project-samples/${chosen}`,
    body: (given) => ({
      uploads: rows.map(({ client_id, fastq: { r1, r2 } }) => ({
        client_id,
        fastq: { r1: { upload: r1.upload }, ...(r2 ? { r2: { upload: r2.upload } } : {}) },
      })),
      metadata: given,
    }),
    renews: ['sample-sheet/', 'uploads/', 'samples/'],
    done: 'The samples are made; their analyses begin.',
    toast: false,
  })
  const submit = () => {
    const given = readMetadata(metadata)
    if (given === undefined) return setFaults(['The metadata is not JSON.'])
    setFaults([])
    assign.mutate(given.value, {
      onSuccess: () => {
        onAssigned()
        onClose()
      },
      onError: (error) =>
        setFaults(
          error instanceof ApiProblem
            ? Object.values(error.fields)
                .flat()
                .concat(error.fields.uploads ? [] : [wordsOf(error)])
            : [wordsOf(error)],
        ),
    })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack>
        <Text size="sm">
          {rows.length === 1 ? 'One sample is made' : `${rows.length} samples are made`}, all or none, and the
          files are fetched from your cloud.
        </Text>
        <Select
          label="Project"
          data={allowed.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={setChosen}
          error={owners.size > 1 ? 'These files belong to several projects: choose those of one.' : undefined}
          searchable
          required
          data-autofocus
        />
        <JsonInput
          label="Metadata for each of them"
          description="Any JSON, or nothing."
          value={metadata}
          onChange={setMetadata}
          validationError="This is not JSON."
          autosize
          minRows={2}
          spellCheck={false}
        />
        {faults.length > 0 && (
          <Alert color="red" role="alert" title="Nothing was assigned">
            <List size="sm">
              {faults.map((fault) => (
                <List.Item key={fault}>{fault}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={assign.isPending} disabled={chosen === null || rows.length === 0}>
            Assign
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Nothing is null; undefined for what is no JSON. */
function readMetadata(text: string): { value: unknown } | undefined {
  if (text.trim() === '') return { value: null }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
