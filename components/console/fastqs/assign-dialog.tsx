'use client'

import { JsonInput, Select, Text } from '@mantine/core'
import type { AssignAnswer, SheetRow } from '#lib/fastq/wire.ts'
import { type JsonText, readJsonText } from '../api/json-text.ts'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { FormDialog } from '../kit/form-dialog.tsx'

interface Values extends Record<string, unknown> {
  project: string | null
  /** JSON as typed. */
  metadata: string
}

interface Props {
  rows: readonly SheetRow[]
  opened: boolean
  close: () => void
  assigned: () => void
}

const NOT_JSON = 'This is not JSON.'

/** Makes samples of FASTQ files, all of them or none. Their analyses start at once. */
export function AssignDialog({ rows, opened, close, assigned }: Props) {
  const { may } = useSignedInPerson()
  const { project, projects } = useChosenProject()
  const allowed = projects.filter(({ id }) => may('run_analysis', id))
  const owners = new Set(rows.flatMap((row) => (row.project === null ? [] : [row.project])))
  const [first] = owners
  return (
    <FormDialog<Values, AssignAnswer>
      title="Assign to a project"
      opened={opened}
      close={close}
      initialValues={{ project: first ?? project?.id ?? null, metadata: '' }}
      validate={{ metadata: (text: string) => (readMetadata(text) === undefined ? NOT_JSON : null) }}
      act={{
        path: (values) => `project-samples/${values.project}`,
        body: ({ metadata }) => ({
          uploads: rows.map(({ client_id, fastq: { r1, r2 } }) => ({
            client_id,
            fastq: { r1: { upload: r1.upload }, ...(r2 ? { r2: { upload: r2.upload } } : {}) },
          })),
          metadata: readMetadata(metadata),
        }),
        once: true,
        done: 'The samples were created; their analyses start now.',
      }}
      submit="Assign"
      failed="Nothing was assigned"
      ready={({ project: chosen }) => chosen !== null && rows.length > 0}
      done={assigned}
    >
      {(form) => (
        <>
          <Text size="sm">
            {rows.length === 1 ? 'One sample is created' : `${rows.length} samples are created, all or none`},
            and the files are fetched from your cloud.
          </Text>
          <Select
            label="Project"
            data={allowed.map(({ id, name }) => ({ value: id, label: name }))}
            searchable
            required
            data-autofocus
            {...form.getInputProps('project')}
            error={
              owners.size > 1
                ? 'These files belong to several projects: choose files of one project.'
                : form.errors.project
            }
          />
          <JsonInput
            label="Metadata for each sample"
            description="Any JSON, or nothing."
            validationError={NOT_JSON}
            autosize
            minRows={2}
            spellCheck={false}
            {...form.getInputProps('metadata')}
          />
        </>
      )}
    </FormDialog>
  )
}

/** `null` for an empty text; undefined for text that is not JSON. */
const readMetadata = (text: string): JsonText | undefined => readJsonText(text.trim() === '' ? 'null' : text)
