'use client'

import { BarChart } from '@mantine/charts'
import { Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import type { QualityControl } from '#lib/analysis/present-quality.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { useList } from '../api/use-api.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { type ArrayNumbers, type ChromosomeNumbers, readArrayNumbers } from './read-array-numbers.ts'

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
        <ChromosomeChart
          title="Call rate by chromosome"
          explained="The share of rows that the laboratory could read. A gap shows as a short bar."
          rows={numbers.chromosomes}
          of="callRate"
          zoomed
        />
        <ChromosomeChart
          title="Heterozygosity by chromosome"
          explained="The share of calls with two different alleles. A man's X, and Y, have next to none."
          rows={numbers.chromosomes}
          of="heterozygosity"
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

const SHARE = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })
/** Possible starts of the axis, so that small differences are visible. */
const ZOOMS = [0.95, 0.9, 0.8, 0.5]

interface Props {
  title: string
  explained: string
  rows: readonly ChromosomeNumbers[]
  of: 'callRate' | 'heterozygosity'
  /** Begin the axis where the autosomes do. */
  zoomed?: boolean
}

/** A bar for each chromosome. The report has the same numbers as a table. */
function ChromosomeChart({ title, explained, rows, of, zoomed = false }: Props) {
  const data = rows.map((row) => ({ chromosome: row.chromosome, share: row[of] ?? 0 }))
  const lowest = Math.min(
    1,
    ...data.filter(({ chromosome }) => Number(chromosome) > 0).map(({ share }) => share),
  )
  const floor = zoomed ? (ZOOMS.find((zoom) => lowest >= zoom) ?? 0) : 0
  const ceiling = zoomed ? 1 : Math.max(0.05, ...data.map(({ share }) => share))
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {explained}
          {floor > 0 ? ` The axis begins at ${SHARE.format(floor)}.` : ''}
        </Text>
        <div role="img" aria-label={`${title}: ${sayExtremes(data)}`}>
          <BarChart
            h={220}
            data={data}
            dataKey="chromosome"
            series={[{ name: 'share', label: title, color: 'drop.5' }]}
            valueFormatter={(value) => SHARE.format(value)}
            yAxisProps={{ domain: [floor, ceiling], allowDataOverflow: true, width: 56 }}
            xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 4 }}
            tickLine="none"
            barChartProps={{ accessibilityLayer: false }}
          />
        </div>
      </Stack>
    </Paper>
  )
}

function sayExtremes(data: readonly { chromosome: string; share: number }[]): string {
  const sorted = data.toSorted((one, other) => one.share - other.share)
  const say = (one: (typeof sorted)[number] | undefined) =>
    one ? `${SHARE.format(one.share)} on ${one.chromosome}` : 'nothing'
  return `lowest ${say(sorted[0])}, highest ${say(sorted.at(-1))}`
}
