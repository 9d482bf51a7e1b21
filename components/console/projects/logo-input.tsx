'use client'

import { Button, FileButton, Group, Input, Paper, Text } from '@mantine/core'
import { useState } from 'react'
import { LOGO_BYTES_MAX, refuseLogo } from '#lib/projects/logo.ts'

interface Props {
  value: string | null
  error: string | undefined
  disabled: boolean
  change: (value: string | null) => void
}

/** A picture of at most 64 KB, stored unchanged. */
export function LogoInput({ value, error, disabled, change }: Props) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const take = async (file: File | null) => {
    if (!file) return
    const url = file.size > LOGO_BYTES_MAX ? null : await readUrl(file)
    const found = url === null ? `The picture is larger than ${LOGO_BYTES_MAX / 1024} KB.` : refuseLogo(url)
    setRefusal(found)
    if (!found) change(url)
  }
  return (
    <Input.Wrapper
      label="Logo"
      labelElement="div"
      description="PNG, JPEG or WebP, at most 64 KB. Shown 48 pixels high, on light and on dark."
      error={refusal ?? error}
    >
      <Group mt="xs" gap="sm">
        {value && refuseLogo(value) === null && (
          <Paper withBorder p="xs" bg="white">
            {/* biome-ignore lint/performance/noImgElement: a small data: URL, which image optimisation cannot improve */}
            <img src={value} alt="The logo" height={32} />
          </Paper>
        )}
        {!value && (
          <Text size="sm" c="dimmed">
            None: only the name is shown.
          </Text>
        )}
        {!disabled && (
          <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => void take(file)}>
            {(props) => (
              <Button {...props} variant="default" size="xs">
                {value ? 'Choose another' : 'Choose a picture'}
              </Button>
            )}
          </FileButton>
        )}
        {value && !disabled && (
          <Button
            variant="subtle"
            size="xs"
            onClick={() => {
              setRefusal(null)
              change(null)
            }}
          >
            Remove
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  )
}

const readUrl = (file: File) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
