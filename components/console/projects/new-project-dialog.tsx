'use client'

import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { useRouter } from 'next/navigation'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { FormDialog } from '../kit/form-dialog.tsx'

interface Values extends Record<string, unknown> {
  name: string
  description: string
  test: boolean
}

/** Creates a project and opens it. */
export function NewProjectDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const router = useRouter()
  return (
    <FormDialog<Values, ProjectItem>
      title="New project"
      opened={opened}
      close={close}
      initialValues={{ name: '', description: '', test: false }}
      act={{ path: 'projects/', done: 'The project was created.', once: true }}
      submit="Create the project"
      done={({ id }) => router.push(`/console/projects/${id}`)}
    >
      {(form) => (
        <>
          <TextInput
            label="Name"
            description="Shown to the people who upload, unless the brand has a name of its own."
            placeholder="Northlight Health"
            maxLength={254}
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Textarea
            label="Description"
            description="For colleagues only."
            autosize
            minRows={2}
            maxRows={6}
            {...form.getInputProps('description')}
          />
          <Checkbox
            label="Test project"
            description="For trying things out: links live for minutes, the upload page says that it is a test, and everything is deleted after a day. This cannot be changed later."
            {...form.getInputProps('test', { type: 'checkbox' })}
          />
        </>
      )}
    </FormDialog>
  )
}
