'use client'

import { NumberInput, Radio, Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import type { RuleField } from './rule-sections.ts'

interface Props {
  field: RuleField
  value: unknown
  error: string | undefined
  readOnly: boolean
  change: (value: unknown) => void
}

/** Per cent, without what binary fractions add. */
const percentOf = (share: number): number => Number((share * 100).toFixed(4))
const shareOf = (percent: number): number => Number((percent / 100).toFixed(6))

const SUFFIXES = { share: ' %', days: ' days', hours: ' hours', count: ' rows' } as const

/** The words below, so that controls side by side stand in one line. */
const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']

/** What stands in an empty field. */
const EMPTY = { share: 'No limit', days: 'Kept', hours: '', count: '' } as const

/** One setting, in the control that its kind has. */
export function RuleInput({ field, value, error, readOnly, change }: Props) {
  const { kind, label, words } = field
  const shared = { label, description: words, error, disabled: readOnly, inputWrapperOrder: ORDER }
  switch (kind) {
    case 'flag':
      return (
        <Switch
          label={label}
          description={words}
          error={error}
          disabled={readOnly}
          checked={value === true}
          onChange={(event) => change(event.currentTarget.checked)}
        />
      )
    case 'origins':
      return (
        <TagsInput
          {...shared}
          description={`${words} Press Enter after each.`}
          value={value as string[]}
          onChange={change}
          splitChars={[',', ' ']}
          acceptValueOnBlur
        />
      )
    case 'address':
      return (
        <TextInput
          {...shared}
          type="url"
          inputMode="url"
          placeholder="https://"
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => change(event.currentTarget.value || null)}
        />
      )
    case 'policy':
      return <PolicyInput label={label} value={value} error={error} readOnly={readOnly} change={change} />
    default:
      return (
        <NumberInput
          {...shared}
          maw={480}
          min={kind === 'share' ? 0 : 1}
          {...(kind === 'share' ? { max: 100, decimalScale: 4 } : { allowDecimal: false })}
          thousandSeparator={kind === 'count' ? ',' : false}
          suffix={SUFFIXES[kind]}
          placeholder={EMPTY[kind]}
          value={typeof value === 'number' ? (kind === 'share' ? percentOf(value) : value) : ''}
          onChange={(typed) =>
            change(typeof typed !== 'number' ? null : kind === 'share' ? shareOf(typed) : typed)
          }
        />
      )
  }
}

function PolicyInput({ label, value, error, readOnly, change }: Omit<Props, 'field'> & { label: string }) {
  return (
    <Radio.Group label={label} value={String(value)} onChange={change} error={error}>
      <Stack gap="xs" mt="xs">
        <Radio
          value="strict"
          label="Strict: only the archive as the vendor gave it"
          description="Whoever unpacked it, or packed it again, is told how to get the original. Recommended: what arrives is what the vendor wrote."
          disabled={readOnly}
        />
        <Radio
          value="forgiving"
          label="Forgiving: also packed again, and bare text"
          description="Fewer people have to come back. Such samples carry a mark, because nobody can tell whether the file was changed."
          disabled={readOnly}
        />
      </Stack>
    </Radio.Group>
  )
}
