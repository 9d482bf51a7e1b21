'use client'

import { Alert, NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { REQUESTS_PER_MINUTE } from '#lib/keys/request-limit.ts'
import type { NewApiKeyAnswer } from '#lib/keys/wire.ts'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { CodeSample } from '../kit/code-sample.tsx'
import { Columns } from '../kit/columns.tsx'
import { FormDialog } from '../kit/form-dialog.tsx'
import { ROLE_OPTIONS } from '../kit/role-options.ts'
import { showSecretOnce } from '../kit/show-secret-once.tsx'
import { bodyOfKey, type KeyValues, rolesToGive, usualRole } from './key-form.ts'

interface Props {
  opened: boolean
  close: () => void
}

const ALL = 'all'

/** Creates a key that can do as little as its program needs. */
export function NewKeyDialog({ opened, close }: Props) {
  const { user } = useSignedInPerson()
  const { project } = useChosenProject()
  return (
    <FormDialog<KeyValues, NewApiKeyAnswer>
      title="Generate new API key"
      opened={opened}
      close={close}
      size="lg"
      initialValues={{
        name: '',
        role: usualRole(rolesToGive(user, project?.id ?? null)),
        project_id: project?.id ?? null,
        expiry_date: '',
        ip_range: [],
        requests_per_minute: '',
      }}
      act={{ path: 'user-api-keys/', body: bodyOfKey }}
      submit="Generate the key"
      done={showKey}
    >
      {(form) => <KeyFields form={form} />}
    </FormDialog>
  )
}

function KeyFields({ form }: { form: UseFormReturnType<KeyValues> }) {
  const { user } = useSignedInPerson()
  const { projects } = useChosenProject()
  const everywhere = rolesToGive(user, null).length > 0
  const roles = rolesToGive(user, form.values.project_id)
  return (
    <>
      <Columns cols={{ base: 1, sm: 2 }} spacing="md">
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
          description="The key sees nothing outside it."
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
      </Columns>
      <Select
        label="Role"
        description="As little as the program needs, and never more than your own."
        data={ROLE_OPTIONS.filter(({ value }) => roles.includes(value))}
        allowDeselect={false}
        {...form.getInputProps('role')}
      />
      <Columns cols={{ base: 1, sm: 2 }} spacing="md">
        <TextInput
          type="date"
          label="Last day (UTC)"
          description="Leave empty for a key that works until it is revoked."
          {...form.getInputProps('expiry_date')}
        />
        <NumberInput
          label="Requests a minute"
          description={`Leave empty for the usual ${REQUESTS_PER_MINUTE}.`}
          min={1}
          allowDecimal={false}
          {...form.getInputProps('requests_per_minute')}
        />
      </Columns>
      <TagsInput
        label="Networks"
        description="Where requests may come from, such as 203.0.113.0/24. Press Enter after each; leave empty to allow any."
        splitChars={[',', ' ']}
        acceptValueOnBlur
        {...form.getInputProps('ip_range')}
      />
    </>
  )
}

/** Shows the new key this once, with a request that uses it. */
const showKey = ({ key, role }: NewApiKeyAnswer): void =>
  showSecretOnce({
    title: 'Your new API key',
    words: 'Store it where your program keeps its secrets. It is not shown again.',
    secret: key,
    copy: 'Copy the key',
    more: (
      <>
        <CodeSample
          title="Try it"
          text={`curl -H 'Authorization: Api-Key ${key}' ${window.location.origin}/api/v2/user/`}
        />
        <Alert color="yellow">
          Anyone with this key can do what {role === 'owner' ? 'an owner' : `its role (${role})`} can. If it
          is lost, revoke it and generate another.
        </Alert>
      </>
    ),
  })
