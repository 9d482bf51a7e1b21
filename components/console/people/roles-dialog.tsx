'use client'

import { ActionIcon, Group, Select, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Role } from '#lib/access/role.ts'
import type { WirePerson } from '#lib/people/wire.ts'
import type { Page } from '../api/api.ts'
import { questionOf } from '../api/question.ts'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { FormDialog } from '../kit/form-dialog.tsx'
import { ROLE_OPTIONS } from '../kit/role-options.ts'

interface Values extends Record<string, unknown> {
  name: string
  role: Role | null
  project_roles: { project: string; role: Role }[]
}

/** The longest page of the API. */
const PEOPLE_MAX = 200

interface Props {
  person: WirePerson
  opened: boolean
  close: () => void
}

const LABELS = { name: 'Name', role: 'Role in every project', project_roles: 'Roles in single projects' }

const valuesOf = ({ name, role, project_roles }: WirePerson): Values => ({ name, role, project_roles })

/** The person as they are now; as they were, where nobody has their address any more, for whoever is asked to change them. */
async function readAgain(person: WirePerson): Promise<Values> {
  const question = questionOf<Page<WirePerson>>('users/', { search: person.email, limit: PEOPLE_MAX })
  const { results } = await question.queryFn({ signal: new AbortController().signal })
  return valuesOf(results.find(({ id }) => id === person.id) ?? person)
}

/** A person's name, their role in every project, and further roles in single projects. */
export function RolesDialog({ person, opened, close }: Props) {
  return (
    <FormDialog<Values>
      title={person.email}
      opened={opened}
      close={close}
      size="lg"
      initialValues={valuesOf(person)}
      again={{ read: () => readAgain(person), labels: LABELS }}
      act={{ method: 'PATCH', path: `users/${person.id}`, done: 'Saved.' }}
      onlyChanges
      submit="Save"
    >
      {(form) => (
        <>
          <TextInput label="Name" {...form.getInputProps('name')} data-autofocus />
          <Select
            label="Role in every project"
            placeholder="None: only in the projects below"
            data={ROLE_OPTIONS}
            clearable
            clearButtonProps={{ 'aria-label': 'No role in every project' }}
            {...form.getInputProps('role')}
          />
          <ProjectRoles form={form} />
        </>
      )}
    </FormDialog>
  )
}

function ProjectRoles({ form }: { form: UseFormReturnType<Values> }) {
  const { projects } = useChosenProject()
  const { project_roles: single } = form.values
  const left = projects.filter(({ id }) => !single.some(({ project }) => project === id))
  return (
    <>
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
            aria-label="Remove this role"
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
          onChange={(project) => project && form.insertListItem('project_roles', { project, role: 'viewer' })}
          searchable
        />
      )}
    </>
  )
}
