'use client'

import { Alert, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import type { BrandRequest } from '#components/upload/preview/brand-request.ts'
import { brandOf } from '#lib/projects/brand.ts'
import { refuseLogo } from '#lib/projects/logo.ts'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { Columns } from '../kit/columns.tsx'
import { AccentInput } from './accent-input.tsx'
import { BrandFrame } from './brand-frame.tsx'
import { ButtonColourInput } from './button-colour-input.tsx'
import { LogoInput } from './logo-input.tsx'
import { PurposesInput } from './purposes-input.tsx'
import { SaveBar } from './save-bar.tsx'
import { readSettings, type SettingValues } from './setting-values.ts'
import { useSettings } from './use-settings.ts'

const BRAND_NAMES = [
  'display_name',
  'purpose',
  'logo',
  'accent_light',
  'accent_dark',
  'button',
  'purposes',
] as const

const BRAND_LABELS: Record<(typeof BRAND_NAMES)[number], string> = {
  display_name: 'Name',
  purpose: 'Purpose',
  logo: 'Logo',
  accent_light: 'Colour on light',
  accent_dark: 'Colour on dark',
  button: 'Button colour',
  purposes: 'Purposes',
}

/** The brand of the upload page, with a live preview beside it. */
export function ProjectBrand({ project }: { project: ProjectItem }) {
  const { form, readOnly, overtaken, ...state } = useSettings(project, BRAND_NAMES)
  const { values, errors } = form
  const field = <Name extends Exclude<(typeof BRAND_NAMES)[number], 'purposes'>>(name: Name) => ({
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
    <Columns cols={{ base: 1, lg: 2 }} spacing="lg">
      <form
        aria-label="Brand"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          state.save()
        }}
      >
        <Stack gap="lg">
          {readOnly && <Alert color="gray">You can view the brand. Managers and owners can change it.</Alert>}
          <Paper withBorder p="md">
            <Stack gap="md">
              <div>
                <Title order={2} size="h4">
                  Brand
                </Title>
                <Text size="sm" c="dimmed">
                  People who upload see your name, logo and colour. The rest of the page stays the same.
                </Text>
              </div>
              <TextInput
                label="Name"
                description="The name people know you by; they see who receives the file."
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
              <PurposesInput
                value={values.purposes}
                error={errors.purposes as string | undefined}
                disabled={readOnly}
                change={(purposes) => form.setFieldValue('purposes', purposes)}
              />
              <LogoInput {...field('logo')} />
              <Columns cols={{ base: 1, xs: 2 }}>
                <AccentInput scheme="light" {...field('accent_light')} />
                <AccentInput scheme="dark" {...field('accent_dark')} />
              </Columns>
              <ButtonColourInput {...field('button')} />
            </Stack>
          </Paper>
          {!readOnly && (
            <SaveBar
              {...state}
              refused={Object.keys(errors).length}
              overtaken={overtaken.map((name) => BRAND_LABELS[name])}
            />
          )}
        </Stack>
      </form>
      <BrandFrame partner={partnerOf(project.name, { ...readSettings(project.settings), ...values })} />
    </Columns>
  )
}

const COLOUR = /^#[0-9a-f]{6}$/i

/** The partner as the upload page would see it with these settings, leaving out values that could not be saved. */
function partnerOf(projectName: string, settings: SettingValues): BrandRequest['partner'] {
  return {
    name: settings.display_name?.trim() || projectName,
    supportUrl: settings.support_url,
    privacyUrl: settings.privacy_url,
    purpose: settings.purpose?.trim() || null,
    purposes: settings.purposes,
    rawFileDays: settings.raw_file_days,
    deliverableDays: settings.deliverable_days,
    brand: brandOf(savable(settings)),
  }
}

/** The brand without what the server would refuse. */
const savable = ({ logo, accent_light, accent_dark, button }: SettingValues) => ({
  logo: logo !== null && refuseLogo(logo) === null ? logo : null,
  accentLight: colourOrNull(accent_light),
  accentDark: colourOrNull(accent_dark),
  button: colourOrNull(button),
})

const colourOrNull = (given: string | null): string | null =>
  given !== null && COLOUR.test(given) ? given : null
