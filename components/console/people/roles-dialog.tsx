'use client'

import { ActionIcon, Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Role } from '#lib/access/role.ts'
import type { WirePerson } from '#lib/people/wire.ts'
import { showFieldErrors, useAct, wordsOf } from '../api/use-api.tsx'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { ROLE_OPTIONS } from '../kit/role-options.ts'

interface Values extends Record<string, unknown> {
  name: string
  role: Role | null
  project_roles: { project: string; role: Role }[]
}

/** What a person is called, and may do: everywhere, and besides in single projects. */
export function RolesDialog({ person, close }: { person: WirePerson; close: () => void }) {
  const { projects } = useChosenProject()
  const form = useForm<Values>({
    initialValues: { name: person.name, role: person.role, project_roles: person.project_roles },
  })
  const save = useAct<Values>({
    method: 'PATCH',
    path: `users/${person.id}`,
    renews: ['users'],
    done: 'Saved.',
    toast: false,
  })
  const { project_roles: single } = form.values
  const left = projects.filter(({ id }) => !single.some(({ project }) => project === id))
  return (
    <Modal opened onClose={close} title={person.email} centered size="lg">
      <form
        onSubmit={form.onSubmit((values) =>
          save.mutate(values, { onSuccess: close, onError: (error) => showFieldErrors(form, error) }),
        )}
      >
        <Stack>
          {save.error && (
            <Alert color="red" role="alert">
              {wordsOf(save.error)}
            </Alert>
          )}
          <TextInput label="Name" {...form.getInputProps('name')} data-autofocus />
          <Select
            label="Role in every project"
            placeholder="None: only in those below"
            data={ROLE_OPTIONS}
            clearable
            clearButtonProps={{ 'aria-label': 'No role in every project' }}
            {...form.getInputProps('role')}
          />
          <Text size="sm" fw={500} component="h3">
            Roles in single projects
          </Text>
          {single.map(({ project }, row) => (
            <Group key={project} wrap="nowrap" align="end">
              <Text size="sm" w="40%">
                {projects.find(({ id }) => id === project)?.name ?? project}
              </Text>
              <Select
                aria-label="Role in this project"
                data={ROLE_OPTIONS}
                allowDeselect={false}
                flex={1}
                {...form.getInputProps(`project_roles.${row}.role`)}
              />
              <ActionIcon
                variant="default"
                aria-label="Take this role away"
                onClick={() => form.removeListItem('project_roles', row)}
              >
                <ConsoleIcon name="trash" size={16} />
              </ActionIcon>
            </Group>
          ))}
          {left.length > 0 && (
            <Select
              aria-label="Add a project"
              placeholder="Add a project"
              data={left.map(({ id, name }) => ({ value: id, label: name }))}
              value={null}
              onChange={(project) =>
                project && form.insertListItem('project_roles', { project, role: 'viewer' })
              }
              searchable
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
