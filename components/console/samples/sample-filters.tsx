'use client'

import { Button, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks'
import { memo, useEffect, useState } from 'react'
import { FILE_REASONS, LINK_REASONS } from '#lib/genotype/reason.ts'
import { nameVendor, VENDORS } from '#lib/genotype/vendors.ts'
import { SAMPLE_STATUSES } from '#lib/samples/sample.ts'
import { type ProjectScope, ProjectScopeSelect } from '../frame/project-scope.tsx'
import { useUnsavedWork } from '../frame/unsaved-work.tsx'
import { Columns } from '../kit/columns.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import type { AddressChange } from '../kit/use-address.ts'
import { REASON_WORDS } from './reason-words.ts'
import { HIDDEN, isFiltered, NO_FILTERS, type SampleQuery } from './sample-query.ts'

const HIDDEN_WORDS = { visible: 'Left out', hidden: 'Only hidden ones', all: 'Shown with the others' }

const PAUSE_MS = 300
/** What ends a link, and what a file is refused for; the others leave no trace on a sample. */
const REASONS = [
  ...LINK_REASONS.filter((reason) => ['link_expired', 'session_expired', 'link_canceled'].includes(reason)),
  ...FILE_REASONS,
]

interface Props {
  query: SampleQuery
  scope: ProjectScope
  change: (to: AddressChange, options?: { replace?: boolean }) => void
}

const MAIN_COLUMNS = { base: 1, sm: 2, md: 3 }
const NONE: string[] = []

/**
 * Search and filters. Back undoes each of them; a search is one step, however many letters it has. A field is drawn again
 * only when it has changed itself: lists to choose from take longer to draw than the rows that come.
 */
export function SampleFilters({ query, scope, change }: Props) {
  const narrowed =
    query.hidden !== 'visible' ||
    [query.reason, query.vendor, query.from, query.to].some((value) => value !== '')
  const [open, more] = useDisclosure(narrowed)
  return (
    <Stack gap="sm">
      <Columns cols={MAIN_COLUMNS} spacing="sm" verticalSpacing="sm">
        <SearchField searched={query.search} change={change} />
        <StatusField chosen={query.statuses.join(',')} change={change} />
        <ProjectScopeSelect scope={scope} />
      </Columns>
      {open && (
        <Columns cols={{ base: 1, xs: 2, md: 5 }} spacing="sm">
          <Select
            label="Reason"
            placeholder="Any"
            data={REASONS.map((reason) => ({ value: reason, label: REASON_WORDS[reason] }))}
            value={query.reason || null}
            onChange={(reason) => change({ reason, page: null })}
            searchable
            clearable
          />
          <Select
            label="Vendor"
            placeholder="Any"
            data={VENDORS.map((vendor) => ({ value: vendor, label: nameVendor(vendor) }))}
            value={query.vendor || null}
            onChange={(vendor) => change({ vendor, page: null })}
            clearable
          />
          <DayField label="Created from" name="from" value={query.from} change={change} />
          <DayField label="Created until" name="to" value={query.to} change={change} />
          <Select
            label="Hidden samples"
            data={HIDDEN.map((value) => ({ value, label: HIDDEN_WORDS[value] }))}
            value={query.hidden}
            onChange={(hidden) => change({ hidden: hidden === 'visible' ? null : hidden, page: null })}
            allowDeselect={false}
          />
        </Columns>
      )}
      <Group gap="xs">
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={more.toggle}
          aria-expanded={open}
          leftSection={<ConsoleIcon name={open ? 'check' : 'plus'} size={14} />}
        >
          {open ? 'Fewer filters' : 'More filters'}
        </Button>
        {isFiltered(query) && (
          <Button variant="subtle" size="compact-sm" onClick={() => change(NO_FILTERS)}>
            Clear the filters
          </Button>
        )}
      </Group>
    </Stack>
  )
}

interface StatusProps extends Pick<Props, 'change'> {
  /** Separated by commas. */
  chosen: string
}

const StatusField = memo(function StatusField({ chosen, change }: StatusProps) {
  return (
    <MultiSelect
      label="Status"
      placeholder={chosen === '' ? 'Any' : ''}
      data={SAMPLE_STATUSES}
      value={chosen === '' ? NONE : chosen.split(',')}
      onChange={(statuses) => change({ status: statuses.join(','), page: null })}
      clearable
    />
  )
})

interface SearchProps extends Pick<Props, 'change'> {
  searched: string
}

const SearchField = memo(function SearchField({ searched, change }: SearchProps) {
  const [text, setText] = useState(searched)
  const { leaving } = useUnsavedWork()
  const search = useDebouncedCallback((value: string) => {
    if (leaving()) return
    // The first letters are a step of their own; further letters change it.
    change({ q: value, page: null }, { replace: searched !== '' && value !== '' })
  }, PAUSE_MS)
  // Back, forward and a shared address change it from outside.
  useEffect(() => setText(searched), [searched])
  return (
    <TextInput
      label="Search"
      placeholder="Sample id, client id or metadata"
      type="search"
      value={text}
      maxLength={255}
      onChange={(event) => {
        setText(event.currentTarget.value)
        search(event.currentTarget.value)
      }}
      leftSection={<ConsoleIcon name="search" size={16} />}
    />
  )
})

interface DayProps extends Pick<Props, 'change'> {
  label: string
  name: 'from' | 'to'
  value: string
}

const DayField = ({ label, name, value, change }: DayProps) => (
  <TextInput
    label={label}
    type="date"
    value={value}
    onChange={(event) => change({ [name]: event.currentTarget.value, page: null })}
  />
)
