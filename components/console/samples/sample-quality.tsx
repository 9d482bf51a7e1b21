'use client'

import { Button, Group, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useMemo } from 'react'
import type { QualityControl } from '#lib/analysis/present-quality.ts'
import { describeCheck, type JudgedCheck } from '#lib/analysis/report/describe-check.ts'
import { isReport } from '#lib/samples/report-file.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { useList } from '../api/use-api.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { CardTable } from '../kit/card-table.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { FactCards } from './fact-cards.tsx'
import { QualityPlots } from './quality-plots.tsx'
import { type ArrayNumbers, readArrayNumbers } from './read-array-numbers.ts'
import { readChecks } from './read-checks.ts'
import { readImputationNumbers } from './read-imputation-numbers.ts'
import { readReads } from './read-reads.ts'
import { ReadsQuality } from './reads-quality.tsx'
import { asPage } from './report-address.ts'
import { SampleImputation } from './sample-imputation.tsx'

const CHECKS_MAX = 200

/** Checks and measurements of a sample's analysis. */
export function SampleQuality({ sample }: { sample: SampleDetails }) {
  const checks = useList<QualityControl>(
    `sample-quality-controls/${sample.id}`,
    { limit: CHECKS_MAX },
    // Checks appear when the status changes.
    { version: sample.last_status.id },
  )
  const numbers = readArrayNumbers(sample.qc)
  const reads = readReads(sample.qc)
  const imputation = readImputationNumbers(sample.qc)
  const report = sample.files.find(({ file_type }) => isReport(file_type))
  return (
    <ApiResult
      result={checks}
      lines={8}
      empty={{
        when: ({ results }) => results.length === 0,
        show: (
          <EmptyState icon="insights" title="No measurements yet">
            When the analysis has ended, every check appears here with the limit and the measured value.
          </EmptyState>
        ),
      }}
    >
      {({ results }) => (
        <Stack gap="lg">
          {numbers && <Numbers numbers={numbers} checks={results} />}
          {reads && <ReadsQuality files={reads} />}
          {report && <ReportLink href={report.download_url} />}
          {imputation && <SampleImputation numbers={imputation} />}
          <Paper withBorder p="md">
            <Title order={2} size="h4" mb="sm">
              Checks
            </Title>
            <Checks all={results} kept={readChecks(sample.qc)} />
          </Paper>
        </Stack>
      )}
    </ApiResult>
  )
}

function Numbers({ numbers, checks }: { numbers: ArrayNumbers; checks: readonly QualityControl[] }) {
  const bounds = useMemo(
    () =>
      checks.map(({ quality_control_type: { key }, quality_control: { value_expected } }) => ({
        key,
        expected: value_expected,
      })),
    [checks],
  )
  return (
    <>
      <FactCards facts={numbers.facts} />
      <QualityPlots summary={numbers.summary} checks={bounds} />
    </>
  )
}

function Checks({ all, kept }: { all: readonly QualityControl[]; kept: readonly JudgedCheck[] }) {
  return (
    <CardTable label="Checks" head={['Check', 'Measured', 'Asked', 'Result']} inBox>
      {all.map(({ quality_control_type: type, quality_control: check }) => {
        const judged = kept.find(({ key }) => key === type.key)
        // That of the format is made by the API alone.
        const words = describeCheck(judged ?? { key: type.key, status: check.status, ...FORMAT })
        return (
          <Table.Tr key={type.key}>
            <Table.Td>
              <Text size="sm">{type.name}</Text>
              {type.description_markdown && (
                <Text size="xs" c="dimmed" maw="52ch" visibleFrom="sm" className="on-screen">
                  {type.description_markdown}
                </Text>
              )}
            </Table.Td>
            <Table.Td>{words.measured}</Table.Td>
            <Table.Td>{words.asked}</Table.Td>
            <Table.Td>
              <StatusBadge status={words.result} />
            </Table.Td>
          </Table.Tr>
        )
      })}
    </CardTable>
  )
}

const FORMAT = { expected: null, measured: true, note: '' }

/** Opens the report in a sandbox. */
function ReportLink({ href }: { href: string }) {
  return (
    <Group>
      <Button component="a" href={asPage(href)} target="_blank" rel="noreferrer" variant="default">
        Open the report
      </Button>
    </Group>
  )
}
