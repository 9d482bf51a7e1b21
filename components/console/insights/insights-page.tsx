'use client'

import { Input, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { nameVendor } from '#lib/genotype/vendors.ts'
import type { Insights } from '#lib/insights/wire.ts'
import { useApi } from '../api/use-api.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { ProjectScopeSelect, useProjectScope } from '../frame/project-scope.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { AfterTheRest } from '../kit/after-the-rest.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { CardTable } from '../kit/card-table.tsx'
import { Columns } from '../kit/columns.tsx'
import { useAddress } from '../kit/use-address.ts'
import { wordsForReason } from '../samples/reason-words.ts'
import { DayCharts } from './day-charts.tsx'
import { Funnel, MedianTimes } from './funnel.tsx'
import { ImputationTable } from './imputation-table.tsx'
import { askForInsights, PERIOD_DEFAULT, PERIODS, readPeriod, type ShownInsights } from './insights-query.ts'
import { ReasonsTable } from './reasons-table.tsx'
import { SystemHealth } from './system-health.tsx'

const REFRESH_SECONDS = 60

/** How far people get, what stops the others, and the health of the service. */
export function InsightsPage() {
  const address = useAddress()
  const scope = useProjectScope()
  const { mayEverywhere } = useSignedInPerson()
  const period = readPeriod(address)
  const asked = useApi<ShownInsights>('insights/', askForInsights(period, scope), {
    everySeconds: REFRESH_SECONDS,
    enabled: scope.ready,
  })
  return (
    <PageFrame
      title="Insights"
      description="Links count on the day they were created, refusals on the day they happened. Days are in UTC. A deleted sample is taken out of days that are past, too."
    >
      <Stack gap="lg">
        <Columns cols={{ base: 1, sm: 2 }} spacing="sm">
          <ProjectScopeSelect scope={scope} />
          <Input.Wrapper label="Period" labelElement="div">
            <SegmentedControl
              transitionDuration={0}
              aria-label="Period"
              fullWidth
              data={[...PERIODS]}
              value={period}
              onChange={(value) => address.change({ days: value === PERIOD_DEFAULT ? null : value })}
            />
          </Input.Wrapper>
        </Columns>
        <ApiResult
          result={asked}
          lines={12}
          empty={{
            when: ({ funnel, reasons }) => funnel.minted === 0 && reasons.length === 0,
            show: (
              <EmptyState icon="insights" title="No links in this period">
                Once upload links are created, this page shows how many people open them, send a file and
                finish, and what stops the others.
              </EmptyState>
            ),
          }}
        >
          {(insights) => <Figures insights={insights} />}
        </ApiResult>
        {mayEverywhere('sample_read') && <SystemHealth />}
      </Stack>
    </PageFrame>
  )
}

function Figures({ insights }: { insights: ShownInsights }) {
  const { imputation = [] } = insights
  return (
    <Stack gap="lg">
      <Columns cols={{ base: 1, md: 2 }} spacing="lg">
        <Funnel insights={insights} />
        <MedianTimes times={insights.median_seconds} />
      </Columns>
      <AfterTheRest height={CHARTS_HEIGHT}>
        <DayCharts days={insights.days} />
        <Columns cols={{ base: 1, md: 2 }} spacing="lg">
          <ReasonsTable
            reasons={insights.reasons.map((one) => ({ ...one, words: wordsForReason(one.reason) }))}
          />
          <VendorsTable vendors={insights.vendors} />
        </Columns>
        {imputation.length > 0 && <ImputationTable panels={imputation} />}
      </AfterTheRest>
    </Stack>
  )
}

/** Pixels, about. */
const CHARTS_HEIGHT = 680

function VendorsTable({ vendors }: { vendors: Insights['vendors'] }) {
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        Vendors
      </Title>
      {vendors.length === 0 ? (
        <Text size="sm" c="dimmed">
          No file was accepted in this period.
        </Text>
      ) : (
        <CardTable
          label="Vendors"
          head={['Vendor', 'Accepted', 'Succeeded', 'Failed QC', 'Failed']}
          plainRows
          inBox
        >
          {vendors.map(({ vendor, received, succeeded, failed_qc, failed }) => (
            <tr key={vendor}>
              <td>{nameVendor(vendor)}</td>
              <td>{received.toLocaleString('en')}</td>
              <td>{succeeded.toLocaleString('en')}</td>
              <td>{failed_qc.toLocaleString('en')}</td>
              <td>{failed.toLocaleString('en')}</td>
            </tr>
          ))}
        </CardTable>
      )}
    </Paper>
  )
}
