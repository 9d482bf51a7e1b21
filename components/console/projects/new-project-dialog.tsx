'use client'

import { Alert, Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { showFieldErrors, useAct, wordsOf } from '../api/use-api.tsx'

interface Values extends Record<string, unknown> {
  name: string
  description: string
}

/** Make a project, and go to it. */
export function NewProjectDialog({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Modal opened={opened} onClose={close} title="New project" centered>
      <NewProjectForm close={close} />
    </Modal>
  )
}

function NewProjectForm({ close }: { close: () => void }) {
  const router = useRouter()
  const form = useForm<Values>({ initialValues: { name: '', description: '' } })
  const create = useAct<Values, ProjectItem>({
    path: 'projects/',
    renews: ['projects/'],
    done: 'The project is there.',
    toast: false,
  })
  const submit = form.onSubmit((values) =>
    create.mutate(values, {
      onSuccess: ({ id }) => {
        close()
        router.push(`/console/projects/${id}`)
      },
      onError: (error) => showFieldErrors(form, error),
    }),
  )
  return (
    <form onSubmit={submit}>
      <Stack>
        {create.error && Object.keys(form.errors).length === 0 && (
          <Alert color="red" role="alert">
            {wordsOf(create.error)}
          </Alert>
        )}
        <TextInput
          label="Name"
          description="Whoever uploads reads it, until the brand says another."
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
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create the project
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
