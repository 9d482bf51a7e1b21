'use client'

import { Button, Code, Group, SegmentedControl, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { SheetRow } from '#lib/fastq/wire.ts'
import { useList } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { ProjectScopeSelect, useProjectScope } from '../frame/project-scope.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { useUnsavedWork } from '../frame/unsaved-work.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { Columns } from '../kit/columns.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { PageLink } from '../kit/page-link.tsx'
import { askFor, readPagePlace, writePagePlace } from '../kit/page-place.ts'
import { Pager } from '../kit/pager.tsx'
import { type AddressChange, useAddress } from '../kit/use-address.ts'
import { ExpiryFilter, expiresBefore } from './expiry-filter.tsx'
import { FastqsTable } from './fastqs-table.tsx'

const PAGE_SIZE = 50
const REFRESH_SECONDS = 10
const PAUSE_MS = 300
const STATUSES = ['unassigned', 'assigned', 'all'] as const

/** FASTQ files added by URL, one row for each sample. */
export function FastqsPage() {
  const address = useAddress()
  const scope = useProjectScope()
  const { may } = useSignedInPerson()
  const status = STATUSES.find((one) => one === address.get('status')) ?? STATUSES[0]
  const place = readPagePlace(address.get('page'))
  const soon = address.get('expiring') !== ''
  const search = address.get('q')
  const asked = useList<SheetRow>(
    'sample-sheet/',
    {
      status,
      search: search.trim(),
      project: scope.projectId,
      expires_before: soon ? expiresBefore() : undefined,
      limit: PAGE_SIZE,
      ...askFor(place),
    },
    { everySeconds: REFRESH_SECONDS, enabled: scope.ready },
  )
  return (
    <PageFrame
      title="My FASTQs"
      description="Sequencing reads stored in your own cloud. They are fetched when they become a sample of a project."
      actions={
        may('upload_create') && (
          <Button
            component={PageLink}
            href={sectionHref(scope.projectId, 'fastqs', 'import')}
            leftSection={<ConsoleIcon name="upload" size={16} />}
          >
            Import a map
          </Button>
        )
      }
    >
      <Stack gap="md">
        <Columns cols={{ base: 1, sm: 2 }} spacing="sm">
          <SearchField search={search} change={address.change} />
          <ProjectScopeSelect scope={scope} />
        </Columns>
        <Group gap="md">
          <SegmentedControl
            transitionDuration={0}
            aria-label="Which files"
            data={STATUSES.map((value) => ({
              value,
              label: value === 'all' ? 'All' : value === 'assigned' ? 'Assigned' : 'Unassigned',
            }))}
            value={status}
            onChange={(value) => address.change({ status: value === STATUSES[0] ? null : value, page: null })}
          />
          <ExpiryFilter on={soon} change={address.change} />
        </Group>
        <ApiResult
          result={asked}
          lines={8}
          empty={{
            when: ({ meta, results }) => meta.count === 0 && results.length === 0 && meta.next === null,
            show: <NoFastqs filtered={search !== '' || soon || status !== 'unassigned'} />,
          }}
        >
          {({ results, meta }) => (
            <>
              <FastqsTable rows={results} everywhere={scope.everywhere} />
              <Pager
                meta={meta}
                rows={results.length}
                limit={PAGE_SIZE}
                place={place}
                turn={(to) => address.change({ page: writePagePlace(to) })}
              />
            </>
          )}
        </ApiResult>
        <VisuallyHidden role="status">
          {asked.data
            ? asked.data.meta.count === 1
              ? 'Files of one sample found'
              : `Files of ${asked.data.meta.count}${asked.data.meta.more ? '+' : ''} samples found`
            : ''}
        </VisuallyHidden>
      </Stack>
    </PageFrame>
  )
}

interface SearchProps {
  search: string
  change: (to: AddressChange, options?: { replace?: boolean }) => void
}

function SearchField({ search, change }: SearchProps) {
  const [text, setText] = useState(search)
  const { leaving } = useUnsavedWork()
  const look = useDebouncedCallback((value: string) => {
    if (leaving()) return
    change({ q: value, page: null }, { replace: search !== '' && value !== '' })
  }, PAUSE_MS)
  useEffect(() => setText(search), [search])
  return (
    <TextInput
      label="Search"
      type="search"
      placeholder="Part of a destination, or gncv://july/"
      value={text}
      maxLength={1_024}
      onChange={(event) => {
        setText(event.currentTarget.value)
        look(event.currentTarget.value)
      }}
      leftSection={<ConsoleIcon name="search" size={16} />}
    />
  )
}

/** Shown when no file is waiting, or none matches. */
function NoFastqs({ filtered }: { filtered: boolean }) {
  return (
    <EmptyState icon="fastqs" title={filtered ? 'No files match' : 'No files are waiting'}>
      {filtered ? (
        'A search that starts with gncv:// matches the start of a destination; any other matches anywhere in it.'
      ) : (
        <Stack gap="xs" align="center">
          <Text inherit>
            Presign the files in your cloud, write a map with the columns{' '}
            <Code>client_id,r_notation,path</Code>, and import it here or by program:
          </Text>
          <Code block>npx arraydrop upload urls.fastq-map.csv</Code>
        </Stack>
      )}
    </EmptyState>
  )
}
