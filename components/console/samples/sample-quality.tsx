'use client'

import { Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import type { QualityControl } from '#lib/analysis/present-quality.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { useList } from '../api/use-api.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { type ArrayNumbers, readArrayNumbers } from './read-array-numbers.ts'
import { readImputationNumbers } from './read-imputation-numbers.ts'
import { SampleImputation } from './sample-imputation.tsx'
import { ShareChart } from './share-chart.tsx'

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
  const imputation = readImputationNumbers(sample.qc)
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
          {numbers && <Numbers numbers={numbers} />}
          {imputation && <SampleImputation numbers={imputation} />}
          <Paper withBorder p="md">
            <Title order={2} size="h4" mb="sm">
              Checks
            </Title>
            <Checks all={results} />
          </Paper>
        </Stack>
      )}
    </ApiResult>
  )
}

function Numbers({ numbers }: { numbers: ArrayNumbers }) {
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }}>
        {numbers.facts.map(({ label, value }) => (
          <Paper key={label} withBorder p="sm">
            <Text size="xs" c="dimmed">
              {label}
            </Text>
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <ShareChart
          title="Call rate by chromosome"
          explained="The share of rows that the laboratory could read. A gap shows as a short bar."
          bars={numbers.chromosomes.map(({ chromosome, callRate }) => ({
            name: chromosome,
            share: callRate,
          }))}
          zoomedTo={({ name }) => Number(name) > 0}
        />
        <ShareChart
          title="Heterozygosity by chromosome"
          explained="The share of calls with two different alleles. A man's X, and Y, have next to none."
          bars={numbers.chromosomes.map(({ chromosome, heterozygosity }) => ({
            name: chromosome,
            share: heterozygosity ?? 0,
          }))}
        />
      </SimpleGrid>
    </>
  )
}

function Checks({ all }: { all: readonly QualityControl[] }) {
  return (
    <Table.ScrollContainer minWidth={420} type="native">
      <Table verticalSpacing={7}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Check</Table.Th>
            <Table.Th>Outcome</Table.Th>
            <Table.Th>Limit</Table.Th>
            <Table.Th>Measured</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {all.map(({ quality_control_type: type, quality_control: check }) => (
            <Table.Tr key={type.key}>
              <Table.Td>
                <Text size="sm">{type.name}</Text>
                {type.description_markdown && (
                  <Text size="xs" c="dimmed" maw="52ch" visibleFrom="sm">
                    {type.description_markdown}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <StatusBadge status={check.status} />
              </Table.Td>
              <Table.Td>{sayValue(check.value_expected, type.display_type)}</Table.Td>
              <Table.Td maw={280}>
                {check.value_string || sayValue(check.value_measured, type.display_type)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function sayValue(
  value: QualityControl['quality_control']['value_expected'],
  display: QualityControl['quality_control_type']['display_type'],
): string {
  if (value === null) return '–'
  if (display === 'percentage') {
    return new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 }).format(value)
  }
  return String(value)
}
