'use client'

import { ColorInput } from '@mantine/core'

interface Props {
  value: string | null
  error: string | undefined
  disabled: boolean
  change: (value: string | null) => void
}

/** The main button's own colour: any will do, because its label follows it. */
export function ButtonColourInput({ value, error, disabled, change }: Props) {
  return (
    <ColorInput
      label="Colour of the main button"
      description="Any colour, used as it is; the label turns black or white to be readable. Empty: the colours above."
      placeholder="#ffd400"
      format="hex"
      withEyeDropper={false}
      value={value ?? ''}
      onChange={(colour) => change(colour || null)}
      error={error}
      disabled={disabled}
      popoverProps={{ position: 'top-start' }}
    />
  )
}
