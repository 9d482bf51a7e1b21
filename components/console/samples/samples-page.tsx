'use client'

import { Button, Code, Group, Select, Stack, Text } from '@mantine/core'
import { memo, useCallback, useMemo, useState } from 'react'
import type { SampleOverview, SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import { addressOf } from '../api/api.ts'
import { useApi } from '../api/use-api.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { type ProjectScope, useProjectScope } from '../frame/project-scope.tsx'
import { AfterTheRest } from '../kit/after-the-rest.tsx'
import { EmptyState, LoadFailure, LoadingLines } from '../kit/api-result.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { type AddressChange, useAddress } from '../kit/use-address.ts'
import { SampleFilters } from './sample-filters.tsx'
import {
  askForSamples,
  filtersOf,
  isFiltered,
  NO_FILTERS,
  PAGE_SIZES,
  pageAt,
  readSampleQuery,
  type SampleQuery,
} from './sample-query.ts'
import { SamplesTable } from './samples-table.tsx'
import { type PickedIn, useSampleWork } from './use-sample-work.ts'
import { useStablePage } from './use-stable-page.ts'

const REFRESH_SECONDS = 5

/** All samples, filtered by the address. */
export function SamplesPage() {
  const address = useAddress()
  const scope = useProjectScope()
  const query = readSampleQuery(address)
  return (
    <PageFrame
      title="Samples"
      description="One sample for each upload link, and for each pair of FASTQ files."
      actions={
        <Button
          component="a"
          href={addressOf('samples-export/', filtersOf(query, scope))}
          download
          variant="default"
          leftSection={<ConsoleIcon name="download" size={16} />}
        >
          Export as CSV
        </Button>
      }
    >
      <Stack gap="md">
        <SampleFilters query={query} scope={scope} change={address.change} />
        <SampleList query={query} scope={scope} change={address.change} />
      </Stack>
    </PageFrame>
  )
}

interface ListProps {
  query: SampleQuery
  scope: ProjectScope
  change: (to: AddressChange) => void
}

/** The samples that were asked for. Apart from the rest of the page, which is not drawn again when they come or change. */
function SampleList({ query, scope, change }: ListProps) {
  const asking = askForSamples(query, scope)
  const asked = useApi<SampleOverviewPage>('samples/', asking, {
    everySeconds: REFRESH_SECONDS,
    enabled: scope.ready,
  })
  const [acts, setActs] = useState(0)
  const { page, outdated, renew } = useStablePage<SampleOverview, SampleOverviewPage>(
    asked,
    // What the person did themselves is shown without being asked for.
    JSON.stringify([asking, acts]),
  )
  const { picked, pick, unpick, pickedIn } = usePicked(JSON.stringify(filtersOf(query, scope)), page?.results)
  const work = useSampleWork({ unpick, pickedIn, acted: () => setActs((before) => before + 1) })
  if (page === undefined) {
    return asked.error ? (
      <LoadFailure error={asked.error} retry={() => void asked.refetch()} />
    ) : (
      <LoadingLines lines={12} />
    )
  }
  if (page.results.length === 0 && page.meta.next === null && query.page <= 1 && !outdated)
    return <NoSamples filtered={isFiltered(query)} change={change} />
  return (
    <>
      <SamplesTable
        page={page}
        query={query}
        everywhere={scope.everywhere}
        waiting={asked.isPlaceholderData}
        outdated={outdated}
        renew={renew}
        picked={picked}
        pick={pick}
        work={work}
        change={change}
      />
      <AfterTheRest height={36}>
        <PageTurner
          meta={page.meta}
          rows={page.results.length}
          query={query}
          waiting={asked.isPlaceholderData}
          change={change}
        />
      </AfterTheRest>
    </>
  )
}

const NONE_PICKED: ReadonlyMap<string, SampleOverview> = new Map()

/** The picked samples of one question: those of every page of it, as they are now where the page shows them. */
function usePicked(question: string, shown: readonly SampleOverview[] = []) {
  const [held, setHeld] = useState({ question, picked: NONE_PICKED })
  // The same functions for as long as the question is the same: rows are drawn again when they change.
  const pick = useCallback(
    (samples: readonly SampleOverview[], on: boolean) =>
      setHeld((before) => {
        const next = new Map(before.question === question ? before.picked : NONE_PICKED)
        for (const sample of samples) {
          if (on) next.set(sample.id, sample)
          else next.delete(sample.id)
        }
        return { question, picked: next }
      }),
    [question],
  )
  // Of whatever question: work goes on while another one is asked.
  const unpick = useCallback(
    (ids: readonly string[]) =>
      setHeld((before) => {
        const next = new Map(before.picked)
        for (const id of ids) next.delete(id)
        return { ...before, picked: next }
      }),
    [],
  )
  const kept = held.question === question ? held.picked : NONE_PICKED
  const picked = useMemo(() => {
    const now = new Map(shown.map((sample) => [sample.id, sample]))
    return new Map([...kept].map(([id, sample]) => [id, now.get(id) ?? sample]))
  }, [kept, shown])
  const pickedIn = (samples: readonly { id: string }[]): PickedIn => {
    if (!samples.some(({ id }) => held.picked.has(id))) return 'none'
    return held.question === question ? 'this list' : 'another list'
  }
  return { picked, pick, unpick, pickedIn }
}

/** Shown when no sample matches, or when there are none yet. */
function NoSamples({ filtered, change }: { filtered: boolean; change: (to: AddressChange) => void }) {
  if (filtered) {
    return (
      <EmptyState
        icon="search"
        title="No samples match these filters"
        action={
          <Button variant="default" onClick={() => change(NO_FILTERS)}>
            Clear the filters
          </Button>
        }
      >
        The search matches any part of the sample id, the client id and the metadata, ignoring case.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon="samples" title="No samples yet">
      A sample starts with an upload link: your program requests one with{' '}
      <Code>POST /api/v2/array-data-upload-form/</Code>, and it appears here at once. FASTQ files become
      samples when they are assigned to a project.
    </EmptyState>
  )
}

interface Props {
  meta: SampleOverviewPage['meta']
  rows: number
  query: SampleQuery
  /** What is shown is of the page before: where the next one begins is not known yet. */
  waiting: boolean
  change: (to: AddressChange) => void
}

const NUMBER = new Intl.NumberFormat('en')

/** The position among all matches, the page size, and the previous and next page. */
function PageTurner({ meta, rows, query, waiting, change }: Props) {
  const before = (query.page - 1) * query.size
  const whole = meta.more
    ? `${NUMBER.format(Math.max(meta.count, before + rows))}+`
    : NUMBER.format(meta.count)
  // A page that was not full has left other numbers behind than of rows.
  const uncounted = query.after !== '' && pageAt(query.page, query.size) !== null
  const previous = uncounted ? null : pageAt(query.page - 1, query.size)
  const distant = query.page > 2 && previous === null
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed" role="status">
        {rows === 0
          ? meta.next === null
            ? 'Nothing on this page'
            : 'Nothing among those looked at so far'
          : uncounted
            ? `${NUMBER.format(rows)} on this page`
            : `${NUMBER.format(before + 1)}–${NUMBER.format(before + rows)} of ${whole}`}
      </Text>
      <Group gap="sm">
        <SizeChoice size={query.size} change={change} />
        <Button.Group>
          {rows === 0 && query.page > 2 && previous !== null && (
            <Button variant="default" onClick={() => change({ page: null })}>
              First page
            </Button>
          )}
          <Button variant="default" disabled={query.page === 1} onClick={() => change({ page: previous })}>
            {distant ? 'First page' : 'Previous'}
          </Button>
          <Button
            variant="default"
            disabled={meta.next === null}
            // Disabled, it would lose the keyboard's place.
            aria-disabled={waiting || undefined}
            data-disabled={waiting || undefined}
            onClick={() => waiting || change({ page: pageAt(query.page + 1, query.size, meta.next) })}
          >
            Next
          </Button>
        </Button.Group>
      </Group>
    </Group>
  )
}

const SIZE_CHOICES = PAGE_SIZES.map((size) => ({ value: String(size), label: `${size} a page` }))

const SizeChoice = memo(function SizeChoice({ size, change }: { size: number } & Pick<Props, 'change'>) {
  return (
    <Select
      aria-label="Samples on a page"
      data={SIZE_CHOICES}
      value={String(size)}
      onChange={(chosen) => change({ size: chosen === SIZE_CHOICES[0]!.value ? null : chosen, page: null })}
      allowDeselect={false}
      size="sm"
      w={130}
    />
  )
})
