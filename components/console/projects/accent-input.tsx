'use client'

import { Button, ColorInput, Stack, Text } from '@mantine/core'
import {
  CONTRAST_MIN,
  lowestContrast,
  readableAccent,
  refuseAccent,
  type Scheme,
} from '#lib/projects/accent.ts'

interface Props {
  scheme: Scheme
  value: string | null
  error: string | undefined
  disabled: boolean
  change: (value: string | null) => void
}

const COLOUR = /^#[0-9a-f]{6}$/i

/** A colour that must be readable on the page; its contrast is shown while choosing. */
export function AccentInput({ scheme, value, error, disabled, change }: Props) {
  const whole = value !== null && COLOUR.test(value) ? value.toLowerCase() : null
  const refusal = whole ? refuseAccent(whole, scheme) : null
  return (
    <Stack gap={4} align="flex-start">
      <ColorInput
        label={scheme === 'light' ? 'Colour on light' : 'Colour on dark'}
        description="Leave empty to derive it from the other colour, or to use ours."
        placeholder={scheme === 'light' ? '#0a6350' : '#6bd3b6'}
        format="hex"
        withEyeDropper={false}
        value={value ?? ''}
        onChange={(colour) => change(colour || null)}
        error={refusal ?? error}
        disabled={disabled}
        w="100%"
        // Above the input, since the contrast is shown below it.
        popoverProps={{ position: 'top-start' }}
      />
      {whole && refusal && !disabled && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => change(readableAccent(whole, scheme))}
        >{`Use ${readableAccent(whole, scheme)}`}</Button>
      )}
      {whole && !refusal && (
        <Text size="xs" c="dimmed" role="status">
          Contrast {(Math.floor(lowestContrast(whole, scheme) * 100) / 100).toFixed(2)} of at least{' '}
          {CONTRAST_MIN}
        </Text>
      )}
    </Stack>
  )
}
