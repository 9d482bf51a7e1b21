'use client'

import { Select, TextInput } from '@mantine/core'
import type { WireInvitation } from '#lib/people/wire.ts'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { FormDialog } from '../kit/form-dialog.tsx'
import { ROLE_OPTIONS } from '../kit/role-options.ts'
import { showSecretOnce } from '../kit/show-secret-once.tsx'

interface Values extends Record<string, unknown> {
  email: string
  role: string
  project_id: string | null
}

/** Creates an invitation link for a new person. */
export function InviteDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const { projects } = useChosenProject()
  return (
    <FormDialog<Values, WireInvitation & { url: string }>
      title="Invite a person"
      opened={opened}
      close={close}
      initialValues={{ email: '', role: 'analyst', project_id: null }}
      act={{ path: 'user-invitations/' }}
      submit="Create the link"
      done={({ email, url }) =>
        showSecretOnce({
          title: `Invitation for ${email}`,
          words: 'Send this link to the person by a channel you trust. It works once, for a week.',
          secret: url,
          copy: 'Copy the link',
        })
      }
    >
      {(form) => (
        <>
          <TextInput
            label="Email address"
            description="They sign in with it. No mail is sent."
            type="email"
            required
            data-autofocus
            {...form.getInputProps('email')}
          />
          <Select
            label="Role"
            data={ROLE_OPTIONS}
            allowDeselect={false}
            required
            {...form.getInputProps('role')}
          />
          <Select
            label="Where"
            description="A role in one project gives no access to the others."
            placeholder="In every project"
            data={projects.map(({ id, name }) => ({ value: id, label: name }))}
            clearable
            searchable
            clearButtonProps={{ 'aria-label': 'In every project' }}
            {...form.getInputProps('project_id')}
          />
        </>
      )}
    </FormDialog>
  )
}
