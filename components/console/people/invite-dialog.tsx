'use client'

import { Alert, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { WireInvitation } from '#lib/people/wire.ts'
import { showFieldErrors, useAct, wordsOf } from '../api/use-api.tsx'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { ROLE_OPTIONS } from '../kit/role-options.ts'
import { showSecretOnce } from '../kit/show-secret-once.tsx'

interface Values extends Record<string, unknown> {
  email: string
  role: string
  project_id: string | null
}

/** Make a link for somebody new. */
export function InviteDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const { projects } = useChosenProject()
  const form = useForm<Values>({
    initialValues: { email: '', role: 'analyst', project_id: null },
  })
  const invite = useAct<Values, WireInvitation & { url: string }>({
    path: 'user-invitations/',
    renews: ['user-invitations'],
    toast: false,
  })
  const leave = () => {
    close()
    form.reset()
    invite.reset()
  }
  const submit = form.onSubmit((values) =>
    invite.mutate(values, {
      onSuccess: ({ email, url }) => {
        leave()
        showSecretOnce({
          title: `Invitation for ${email}`,
          words: 'Hand this link over by a way you trust. It works once, for a week.',
          secret: url,
          copy: 'Copy the link',
        })
      },
      onError: (error) => showFieldErrors(form, error),
    }),
  )
  return (
    <Modal opened={opened} onClose={leave} title="Invite somebody" centered>
      <form onSubmit={submit}>
        <Stack>
          {invite.error && !Object.keys(form.errors).length && (
            <Alert color="red" role="alert">
              {wordsOf(invite.error)}
            </Alert>
          )}
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
            description="A role in one project says nothing about the others."
            placeholder="In every project"
            data={projects.map(({ id, name }) => ({ value: id, label: name }))}
            clearable
            searchable
            clearButtonProps={{ 'aria-label': 'In every project' }}
            {...form.getInputProps('project_id')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={leave}>
              Cancel
            </Button>
            <Button type="submit" loading={invite.isPending}>
              Make the link
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
