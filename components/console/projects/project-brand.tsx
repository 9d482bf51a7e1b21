'use client'

import { Alert, Paper, SimpleGrid, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { AccentInput } from './accent-input.tsx'
import { BrandFrame } from './brand-frame.tsx'
import { LogoInput } from './logo-input.tsx'
import { partnerOf } from './partner-of.ts'
import { SaveBar } from './save-bar.tsx'
import { readSettings } from './setting-values.ts'
import { useSettings } from './use-settings.ts'

const BRAND_NAMES = ['display_name', 'purpose', 'logo', 'accent_light', 'accent_dark'] as const

/** How the upload page looks and whom it speaks of, with the page itself beside it. */
export function ProjectBrand({ project }: { project: ProjectItem }) {
  const { form, readOnly, ...state } = useSettings(project, BRAND_NAMES)
  const { values, errors } = form
  const field = <Name extends (typeof BRAND_NAMES)[number]>(name: Name) => ({
    value: values[name],
    error: errors[name] as string | undefined,
    disabled: readOnly,
    change: (value: string | null) => form.setFieldValue(name, value as never),
  })
  const text = (name: 'display_name' | 'purpose') => {
    const { value, change, ...rest } = field(name)
    return {
      ...rest,
      value: value ?? '',
      onChange: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value || null),
    }
  }
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
      <form
        aria-label="Brand"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          state.save()
        }}
      >
        <Stack gap="lg">
          {readOnly && <Alert color="gray">You may look at the brand. Managers and owners change it.</Alert>}
          <Paper withBorder p="md">
            <Stack gap="md">
              <div>
                <Title order={2} size="h4">
                  Brand
                </Title>
                <Text size="sm" c="dimmed">
                  Whoever uploads sees your name, your logo and your colour. Nothing else of the page changes.
                </Text>
              </div>
              <TextInput
                label="Name"
                description="Who gets the file, as people know you."
                placeholder={project.name}
                maxLength={80}
                {...text('display_name')}
              />
              <Textarea
                label="Purpose"
                description="One sentence for the person: what the file is for."
                placeholder="We work out which medicines suit you, for your next visit."
                maxLength={200}
                autosize
                minRows={2}
                {...text('purpose')}
              />
              <LogoInput {...field('logo')} />
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                <AccentInput scheme="light" {...field('accent_light')} />
                <AccentInput scheme="dark" {...field('accent_dark')} />
              </SimpleGrid>
            </Stack>
          </Paper>
          {!readOnly && <SaveBar {...state} refused={Object.keys(errors).length} />}
        </Stack>
      </form>
      <BrandFrame partner={partnerOf(project.name, { ...readSettings(project.settings), ...values })} />
    </SimpleGrid>
  )
}
