'use client'

import { Button, Fieldset, Group, Paper, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { LANGUAGES } from '#components/upload/words/languages.ts'
import {
  LINK_SECONDS_MAX,
  TEST_LINK_SECONDS_MAX,
  TEST_UPLOAD_WINDOW_SECONDS,
  UPLOAD_WINDOW_SECONDS,
} from '#lib/sessions/limits.ts'
import { showFieldErrors, useAct } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { optionOf, useChosenProject } from '../frame/chosen-project.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { SENDING, useUnsaved } from '../frame/unsaved-work.tsx'
import { Columns } from '../kit/columns.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { FormError } from '../kit/form-error.tsx'
import { useAddress } from '../kit/use-address.ts'
import { type Minted, mintBody, NEW_SESSION, refuseTyped, type SessionValues } from './session-form.ts'

const WINDOWS = [
  { value: '60', label: '1 minute' },
  { value: '600', label: '10 minutes' },
  { value: '1800', label: '30 minutes' },
  { value: String(LINK_SECONDS_MAX), label: '1 hour' },
]

/** What the choice means; the API shortens what is too long for a test. */
const windowWords = (test: boolean) =>
  test
    ? `A test link can be opened for ${TEST_LINK_SECONDS_MAX / 60} minutes at most, and then there are ${TEST_UPLOAD_WINDOW_SECONDS / 60} to upload.`
    : `Once the link is opened, there are ${UPLOAD_WINDOW_SECONDS / 60} minutes to upload.`

/** A form for a new link. Every field is optional. */
export function MintForm({ done }: { done: (minted: Minted) => void }) {
  const { may } = useSignedInPerson()
  const { project, projects, projectId } = useChosenProject()
  const address = useAddress()
  const form = useForm<SessionValues>({
    initialValues: NEW_SESSION,
    validate: { metadata: (_, values) => refuseTyped(values) },
  })
  const mint = useAct<SessionValues, { sample_id: string; url: string }>({
    path: 'array-data-upload-form/',
    body: (values) => mintBody(values, projectId),
    once: true,
    toast: false,
    // What is typed stays as it was sent until then.
    answered({ sample_id, url }) {
      const { expires_in: asked } = form.getValues()
      done({ sample_id, url, seconds: project?.test ? Math.min(asked, TEST_LINK_SECONDS_MAX) : asked })
    },
  })
  // Without a word typed, too: the link is shown only here.
  useUnsaved(form.isDirty() || mint.isPending, mint.isPending ? SENDING : undefined)
  const allowed = projects.filter(({ id }) => may('upload_create', id))
  const submit = form.onSubmit((values) =>
    mint.mutate(values, { onError: (error) => showFieldErrors(form, error) }),
  )
  return (
    <Paper withBorder p="md" component="section" aria-label="New link">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormError form={form} error={mint.error} />
          {/* The link takes the place of what is typed: nothing is, while it is made. */}
          <Fieldset variant="unstyled" disabled={mint.isPending}>
            <Stack gap="md">
              <Columns cols={{ base: 1, sm: 2 }} spacing="md">
                {projects.length > 0 && (
                  <Select
                    label="Project"
                    description="Receives the file."
                    data={allowed.map(optionOf)}
                    value={project?.id ?? null}
                    // In place, so that what is typed below stays.
                    onChange={(id) =>
                      id && address.change({}, { path: sectionHref(id, 'new-session'), replace: true })
                    }
                    error={form.errors.project_id}
                    allowDeselect={false}
                    searchable
                  />
                )}
                <TextInput
                  label="Your reference"
                  description="To find the sample again: an order or visit number, not a name."
                  placeholder="order-4711"
                  maxLength={200}
                  autoComplete="off"
                  {...form.getInputProps('reference')}
                />
                <Select
                  label="Valid for"
                  description={windowWords(project?.test ?? false)}
                  data={WINDOWS}
                  value={String(form.values.expires_in)}
                  onChange={(seconds) => seconds && form.setFieldValue('expires_in', Number(seconds))}
                  error={form.errors.expires_in}
                  allowDeselect={false}
                />
                <Select
                  label="Language"
                  description="Of the upload page."
                  data={[
                    { value: '', label: 'Same as the person’s browser' },
                    ...LANGUAGES.map((each) => ({ value: each, label: nameOf(each) })),
                  ]}
                  allowDeselect={false}
                  searchable
                  {...form.getInputProps('locale')}
                />
                <TextInput
                  label="Afterwards, go to"
                  description="Where the person is sent after the upload. Leave empty to show a confirmation."
                  placeholder="https://clinic.example/done"
                  inputMode="url"
                  {...form.getInputProps('redirect_on_success')}
                />
                <TextInput
                  label="Without a file, go to"
                  description="Where the person is sent otherwise, with the reason in the address. Leave empty to explain on the page."
                  placeholder="https://clinic.example/upload-again"
                  inputMode="url"
                  {...form.getInputProps('redirect_on_failure')}
                />
              </Columns>
              {/* Not checked on blur: a message that appears then would move the button that is being pressed. */}
              <Textarea
                label="Metadata"
                description="Your own JSON object, at most 16 KB, stored with the sample. The person never sees it."
                placeholder={'{"visit": 2}'}
                autosize
                minRows={4}
                maxRows={16}
                spellCheck={false}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
                {...form.getInputProps('metadata')}
              />
            </Stack>
          </Fieldset>
          <Group justify="space-between">
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              A sample is created with the link in{' '}
              {project ? (
                <>
                  the project <b>{project.name}</b>
                </>
              ) : projectId ? (
                'the project in the address'
              ) : (
                'the default project'
              )}
              . It stays if the link expires unused.
            </Text>
            <Button
              type="submit"
              loading={mint.isPending}
              leftSection={<ConsoleIcon name="link" size={16} />}
            >
              Create the link
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}

const nameOf = (language: string): string =>
  new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language
