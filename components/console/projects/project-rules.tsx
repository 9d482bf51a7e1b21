'use client'

import {
  Alert,
  NumberInput,
  Paper,
  Radio,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { Columns } from '../kit/columns.tsx'
import { RULE_FIELDS, RULE_SECTIONS, type RuleField } from './rule-sections.ts'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

const RULE_NAMES = RULE_FIELDS.map(({ name }) => name)

/** Every setting of a project except its brand, with an explanation. */
export function ProjectRules({ project }: { project: ProjectItem }) {
  const { form, readOnly, overtaken, ...state } = useSettings(project, RULE_NAMES)
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
          <Alert color="gray">You can view these settings. Managers and owners can change them.</Alert>
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
              <Columns cols={{ base: 1, md: 2 }} spacing="lg" verticalSpacing="md">
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
              </Columns>
            </Stack>
          </Paper>
        ))}
        {!readOnly && (
          <SaveBar
            {...state}
            refused={Object.keys(form.errors).length}
            overtaken={RULE_FIELDS.flatMap(({ name, label }) => (overtaken.includes(name) ? label : []))}
          />
        )}
      </Stack>
    </form>
  )
}

interface Props {
  field: RuleField
  value: unknown
  error: string | undefined
  readOnly: boolean
  change: (value: unknown) => void
}

/** Per cent, rounded to hide binary fractions. */
const percentOf = (share: number): number => Number((share * 100).toFixed(4))
const shareOf = (percent: number): number => Number((percent / 100).toFixed(6))

const SUFFIXES = { share: ' %', days: ' days', hours: ' hours', count: ' rows' } as const

/** Descriptions go below, so that inputs side by side line up. */
const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']

/** Placeholders of empty fields. */
const EMPTY = { share: 'No limit', days: 'No limit', hours: '', count: '' } as const

/** One setting, in the input for its kind. */
function RuleInput({ field, value, error, readOnly, change }: Props) {
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
    case 'failure_redirect':
    case 'link_form':
      return <ChoiceInput {...{ kind, label, value, error, readOnly, change }} />
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

/** Settings with a few values, each of which needs a sentence of its own. */
const CHOICES = {
  policy: [
    {
      value: 'strict',
      label: 'Strict: only the vendor’s original archive',
      description:
        'People who unpacked or repacked it are shown how to get the original. Recommended: you receive exactly what the vendor wrote.',
    },
    {
      value: 'forgiving',
      label: 'Forgiving: also repacked archives and plain text',
      description:
        'Fewer people have to try again. Such samples are marked, because a changed file cannot be detected.',
    },
  ],
  failure_redirect: [
    {
      value: 'person',
      label: 'The page explains, and the person decides',
      description:
        'Most refusals can be fixed in a minute by choosing another file. A button always leads back to you. Recommended.',
    },
    {
      value: 'immediate',
      label: 'Straight back to your site',
      description:
        'Every refusal of a chosen file goes to redirect_on_failure at once, with its reason. Your site has to explain it. Links without that URL behave as above.',
    },
  ],
  link_form: [
    {
      value: 'query',
      label: 'In the query: ?token=…',
      description:
        'The usual form. The page takes the token out of the address bar, but the first request shows it to servers on the way and to their logs.',
    },
    {
      value: 'fragment',
      label: 'In the fragment: #token=…',
      description:
        'No server sees or logs the token. Check that what sends your links (mail, shorteners, your own redirects) keeps what follows the #.',
    },
  ],
} as const

function ChoiceInput({
  kind,
  label,
  value,
  error,
  readOnly,
  change,
}: Omit<Props, 'field'> & { kind: keyof typeof CHOICES; label: string }) {
  return (
    <Radio.Group label={label} value={String(value)} onChange={change} error={error}>
      <Stack gap="xs" mt="xs">
        {CHOICES[kind].map((choice) => (
          <Radio key={choice.value} {...choice} disabled={readOnly} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
