'use client'

import { Alert, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { RuleInput } from './rule-input.tsx'
import { RULE_NAMES, RULE_SECTIONS } from './rule-sections.ts'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

/** Every rule of a project, with what it means. */
export function ProjectRules({ project }: { project: ProjectItem }) {
  const { form, readOnly, ...state } = useSettings(project, RULE_NAMES)
  return (
    <form
      aria-label="Settings"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        state.save()
      }}
    >
      <Stack gap="lg">
        {readOnly && (
          <Alert color="gray">You may look at these settings. Managers and owners change them.</Alert>
        )}
        {RULE_SECTIONS.map(({ title, words, fields }) => (
          <Paper key={title} withBorder p="md" component="section" aria-label={title}>
            <Stack gap="md">
              <div>
                <Title order={2} size="h4">
                  {title}
                </Title>
                {words && (
                  <Text size="sm" c="dimmed">
                    {words}
                  </Text>
                )}
              </div>
              <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" verticalSpacing="md">
                {fields.map((field) => (
                  <RuleInput
                    key={field.name}
                    field={field}
                    readOnly={readOnly}
                    value={form.values[field.name]}
                    error={form.errors[field.name] as string | undefined}
                    change={(value) => form.setFieldValue(field.name, value as never)}
                  />
                ))}
              </SimpleGrid>
            </Stack>
          </Paper>
        ))}
        {!readOnly && <SaveBar {...state} refused={Object.keys(form.errors).length} />}
      </Stack>
    </form>
  )
}
