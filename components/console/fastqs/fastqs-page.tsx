'use client'

import { Button, Group, SegmentedControl, SimpleGrid, Stack, TextInput, VisuallyHidden } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import type { SheetRow } from '#lib/fastq/wire.ts'
import { useList } from '../api/use-api.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useProjectScope } from '../frame/project-scope.tsx'
import { ProjectScopeSelect } from '../frame/scope-select.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult } from '../kit/api-result.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { type AddressChange, useAddress } from '../kit/use-address.ts'
import { ExpiryFilter, expiresBefore } from './expiry-filter.tsx'
import { FastqsTable } from './fastqs-table.tsx'
import { NoFastqs } from './no-fastqs.tsx'
import { SheetTurner } from './sheet-turner.tsx'

const PAGE_SIZE = 50
const RENEWED_SECONDS = 10
const PAUSE_MILLISECONDS = 300
const STATUSES = ['unassigned', 'assigned', 'all'] as const

/** FASTQ files that were handed over by URL, those of one sample in one row. */
export function FastqsPage() {
  const address = useAddress()
  const scope = useProjectScope()
  const { may } = useSignedInPerson()
  const status = STATUSES.find((one) => one === address.get('status')) ?? STATUSES[0]
  const page = Math.max(1, Math.trunc(Number(address.get('page'))) || 1)
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
      offset: (page - 1) * PAGE_SIZE,
    },
    { everySeconds: RENEWED_SECONDS, enabled: scope.ready },
  )
  return (
    <PageFrame
      title="My FASTQs"
      description="Sequencing reads that lie in your own cloud. They are fetched when they become a sample of a project."
      actions={
        may('upload_create') && (
          <Button
            component={Link}
            href="/console/fastqs/import"
            leftSection={<ConsoleIcon name="upload" size={16} />}
          >
            Import a map
          </Button>
        )
      }
    >
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <SearchField search={search} change={address.change} />
          <ProjectScopeSelect scope={scope} />
        </SimpleGrid>
        <Group gap="md">
          <SegmentedControl
            transitionDuration={0}
            aria-label="Which files"
            data={STATUSES.map((value) => ({
              value,
              label: value === 'all' ? 'All' : value === 'assigned' ? 'Assigned' : 'Not assigned',
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
            when: ({ meta }) => meta.count === 0,
            show: <NoFastqs filtered={search !== '' || soon || status !== 'unassigned'} />,
          }}
        >
          {({ results, meta }) => (
            <>
              <FastqsTable rows={results} everywhere={scope.everywhere} />
              <SheetTurner count={meta.count} page={page} size={PAGE_SIZE} change={address.change} />
            </>
          )}
        </ApiResult>
        <VisuallyHidden role="status">
          {asked.data ? `${asked.data.meta.count} samples' files found` : ''}
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
  const look = useDebouncedCallback((value: string) => {
    change({ q: value, page: null }, { replace: search !== '' && value !== '' })
  }, PAUSE_MILLISECONDS)
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
