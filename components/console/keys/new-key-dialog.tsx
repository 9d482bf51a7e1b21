'use client'

import {
  Alert,
  Button,
  Group,
  Modal,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { REQUESTS_PER_MINUTE } from '#lib/keys/request-limit.ts'
import type { NewApiKeyAnswer } from '#lib/keys/wire.ts'
import { showFieldErrors, useAct, wordsOf } from '../api/use-api.tsx'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ROLE_OPTIONS } from '../kit/role-options.ts'
import { bodyOfKey, type KeyValues, rolesToGive } from './key-form.ts'

interface Props {
  opened: boolean
  close: () => void
  /** The key, which nobody else will ever show. */
  done: (made: NewApiKeyAnswer) => void
}

const ALL = 'all'

/** Ask for a key that may do as little as its program needs. */
export function NewKeyDialog({ opened, close, done }: Props) {
  return (
    <Modal opened={opened} onClose={close} title="Generate new API key" centered size="lg">
      <NewKeyForm close={close} done={done} />
    </Modal>
  )
}

function NewKeyForm({ close, done }: Omit<Props, 'opened'>) {
  const { user } = useSignedInPerson()
  const { projects, project } = useChosenProject()
  const everywhere = rolesToGive(user, null).length > 0
  const form = useForm<KeyValues>({
    initialValues: {
      name: '',
      role: rolesToGive(user, project?.id ?? null).at(0) ?? 'viewer',
      project_id: project?.id ?? null,
      expiry_date: '',
      ip_range: [],
      requests_per_minute: '',
    },
  })
  const generate = useAct<KeyValues, NewApiKeyAnswer>({
    path: 'user-api-keys/',
    body: bodyOfKey,
    renews: ['user-api-keys'],
    toast: false,
  })
  const roles = rolesToGive(user, form.values.project_id)
  const submit = form.onSubmit((values) =>
    generate.mutate(values, {
      onSuccess: (made) => {
        close()
        done(made)
      },
      onError: (error) => showFieldErrors(form, error),
    }),
  )
  return (
    <form onSubmit={submit}>
      <Stack>
        {generate.error && Object.keys(form.errors).length === 0 && (
          <Alert color="red" role="alert">
            {wordsOf(generate.error)}
          </Alert>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <TextInput
            label="Name"
            description="The program that will use it."
            placeholder="Order service"
            maxLength={50}
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Select
            label="Project"
            description="It sees nothing outside of it."
            data={[
              ...(everywhere ? [{ value: ALL, label: 'All projects' }] : []),
              ...projects.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            allowDeselect={false}
            searchable
            value={form.values.project_id ?? ALL}
            onChange={(value) => form.setFieldValue('project_id', value === ALL ? null : value)}
            error={form.errors.project_id}
          />
        </SimpleGrid>
        <Select
          label="Role"
          description="As little as the program needs, and never more than your own."
          data={ROLE_OPTIONS.filter(({ value }) => roles.includes(value))}
          allowDeselect={false}
          {...form.getInputProps('role')}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <TextInput
            type="date"
            label="Last day (UTC)"
            description="Without one it works until it is revoked."
            {...form.getInputProps('expiry_date')}
          />
          <NumberInput
            label="Requests a minute"
            description={`Empty: ${REQUESTS_PER_MINUTE}, as usual.`}
            min={1}
            allowDecimal={false}
            {...form.getInputProps('requests_per_minute')}
          />
        </SimpleGrid>
        <TagsInput
          label="Networks"
          description="Where it may be used from, such as 203.0.113.0/24. Press Enter after each; none means from anywhere."
          splitChars={[',', ' ']}
          acceptValueOnBlur
          {...form.getInputProps('ip_range')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={generate.isPending}>
            Generate the key
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
