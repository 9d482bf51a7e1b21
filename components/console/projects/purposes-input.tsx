'use client'

import { Accordion, Input, Stack, Textarea } from '@mantine/core'
import { LANGUAGES } from '#components/upload/words/languages.ts'

interface Props {
  /** By language tag. */
  value: Record<string, string>
  error: string | undefined
  disabled: boolean
  change: (value: Record<string, string>) => void
}

/** The purpose in every language of the page; an empty one falls back to the sentence above. */
export function PurposesInput({ value, error, disabled, change }: Props) {
  const written = (language: string, text: string) => {
    const { [language]: _, ...others } = value
    change(text === '' ? others : { ...others, [language]: text })
  }
  return (
    <Accordion variant="contained">
      <Accordion.Item value="purposes">
        <Accordion.Control>Purpose in other languages ({Object.keys(value).length})</Accordion.Control>
        <Accordion.Panel>
          <Stack gap="sm">
            {error && <Input.Error>{error}</Input.Error>}
            {LANGUAGES.map((language) => (
              <Textarea
                key={language}
                label={nameOf(language)}
                lang={language}
                dir="auto"
                maxLength={200}
                autosize
                disabled={disabled}
                value={value[language] ?? ''}
                onChange={(event) => written(language, event.currentTarget.value)}
              />
            ))}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}

const nameOf = (language: string): string =>
  new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language
