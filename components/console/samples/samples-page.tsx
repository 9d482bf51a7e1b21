'use client'

import { Button, Stack } from '@mantine/core'
import type { SampleOverview, SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import { addressOf } from '../api/api.ts'
import { useApi } from '../api/use-api.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useProjectScope } from '../frame/project-scope.tsx'
import { LoadFailure, LoadingLines } from '../kit/api-result.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { useAddress } from '../kit/use-address.ts'
import { NoSamples } from './no-samples.tsx'
import { PageTurner } from './page-turner.tsx'
import { SampleFilters } from './sample-filters.tsx'
import { filtersOf, isFiltered, readSampleQuery } from './sample-query.ts'
import { SamplesTable } from './samples-table.tsx'
import { useStablePage } from './use-stable-page.ts'

const RENEWED_SECONDS = 5

/** Every sample there is, narrowed by what the address says. */
export function SamplesPage() {
  const address = useAddress()
  const scope = useProjectScope()
  const query = readSampleQuery(address)
  const filters = filtersOf(query, scope)
  const asking = {
    ...filters,
    sort_by: query.sort,
    sort_order: query.order,
    limit: query.size,
    offset: (query.page - 1) * query.size,
  }
  const asked = useApi<SampleOverviewPage>('samples/', asking, {
    everySeconds: RENEWED_SECONDS,
    enabled: scope.ready,
  })
  const { page, outdated, renew } = useStablePage<SampleOverview, SampleOverviewPage>(
    asked,
    JSON.stringify(asking),
  )
  return (
    <PageFrame
      title="Samples"
      description="One sample for each upload link, and for each pair of FASTQ files."
      actions={
        <Button
          component="a"
          href={addressOf('samples-export/', filters)}
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
        {asked.error && page === undefined ? (
          <LoadFailure error={asked.error} retry={() => void asked.refetch()} />
        ) : page === undefined ? (
          <LoadingLines lines={12} />
        ) : page.results.length === 0 && query.page === 1 && !outdated ? (
          <NoSamples filtered={isFiltered(query)} change={address.change} />
        ) : (
          <>
            <SamplesTable
              page={page}
              query={query}
              everywhere={scope.everywhere}
              waiting={asked.isPlaceholderData}
              outdated={outdated}
              renew={renew}
              change={address.change}
            />
            <PageTurner meta={page.meta} rows={page.results.length} query={query} change={address.change} />
          </>
        )}
      </Stack>
    </PageFrame>
  )
}
