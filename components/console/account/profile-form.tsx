'use client'

import { Button, Group, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import { showFieldErrors, useAct } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'

/** What to be called. The address is what one signs in with, and stays. */
export function ProfileForm() {
  const { user } = useSignedInPerson()
  const router = useRouter()
  const form = useForm({ initialValues: { name: user.name } })
  const save = useAct<{ name: string }>({
    path: '/api/auth/profile',
    renews: ['users'],
    done: 'Saved.',
    toast: false,
  })
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        save.mutate(values, {
          onSuccess: () => router.refresh(),
          onError: (error) => showFieldErrors(form, error),
        }),
      )}
    >
      <Group align="end">
        <TextInput
          label="Name"
          autoComplete="name"
          required
          flex="1 1 14rem"
          {...form.getInputProps('name')}
        />
        <Button type="submit" variant="default" loading={save.isPending}>
          Save
        </Button>
      </Group>
    </form>
  )
}
