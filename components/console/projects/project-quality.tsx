import { Anchor, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { percentDown } from '#lib/analysis/percent.ts'
import { nameVendor, type Vendor } from '#lib/genotype/vendors.ts'
import type { ProjectQuality as Quality } from '#lib/insights/project-quality.ts'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { useApi } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { CardTable } from '../kit/card-table.tsx'
import { Columns } from '../kit/columns.tsx'
import { FirstRows } from '../kit/first-rows.tsx'
import { nameSample } from '../kit/name-sample.ts'
import { PageLink } from '../kit/page-link.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { QualityScatter } from './quality-scatter.tsx'
import { WeekBars } from './week-bars.tsx'

/** Samples that stand out and are listed, the latest first. */
const LISTED_MAX = 100
/** Weeks that the charts show. */
const WEEKS_MAX = 26
const COUNT = new Intl.NumberFormat('en')

/** The quality of a project's samples side by side. */
export function ProjectQuality({ project }: { project: ProjectItem }) {
  const asked = useApi<Quality>(`project-quality/${project.id}`)
  return (
    <ApiResult
      result={asked}
      lines={10}
      empty={{
        when: ({ samples }) => samples.length === 0,
        show: (
          <EmptyState icon="insights" title="No measured samples yet">
            Every analysed export appears here with its call rate and heterozygosity, so that samples that
            differ from the others can be seen.
          </EmptyState>
        ),
      }}
    >
      {(quality) => <Compared quality={quality} projectId={project.id} />}
    </ApiResult>
  )
}

function Compared({ quality, projectId }: { quality: Quality; projectId: string }) {
  const { samples, more, weeks } = quality
  const odd = samples.filter(({ stands_out }) => stands_out.length > 0)
  const shown = weeks.slice(-WEEKS_MAX)
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {more
          ? `The latest ${COUNT.format(samples.length)} measured samples; older ones are not read.`
          : `All ${COUNT.format(samples.length)} measured samples.`}{' '}
        Hidden samples and FASTQ samples are left out.
      </Text>
      <QualityScatter quality={quality} hrefOf={(id) => sectionHref(projectId, 'samples', id)} />
      <StandingOut samples={odd} projectId={projectId} />
      <SamePersons pairs={quality.same_person} projectId={projectId} />
      <Columns cols={{ base: 1, lg: 3 }} spacing="lg">
        <WeekBars
          title="Sex by X and Y, by week"
          weeks={shown.map(({ monday, sexes }) => ({ monday, counts: sexes }))}
          nameOf={(sex) => sex}
        />
        <WeekBars
          title="Chip, by week"
          weeks={shown.map(({ monday, chips }) => ({ monday, counts: chips }))}
          nameOf={(chip) => chip}
        />
        <WeekBars
          title="Vendor, by week"
          weeks={shown.map(({ monday, vendors }) => ({ monday, counts: vendors }))}
          nameOf={(vendor) => (vendor === 'unknown' ? vendor : nameVendor(vendor as Vendor))}
        />
      </Columns>
    </Stack>
  )
}

const WHY: Record<Quality['samples'][number]['stands_out'][number], string> = {
  call_rate: 'call rate below the project’s limit',
  heterozygosity: 'heterozygosity outside of the project’s limits',
  unusual_call_rate: 'call rate far from others of its chip',
  unusual_heterozygosity: 'heterozygosity far from others of its chip',
}

function StandingOut({ samples, projectId }: { samples: Quality['samples']; projectId: string }) {
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        Samples that stand out ({COUNT.format(samples.length)})
      </Title>
      {samples.length === 0 ? (
        <Text size="sm" c="dimmed">
          None lies outside of the project’s limits or far from the others of its chip.
        </Text>
      ) : (
        <>
          <FirstRows rows={samples.slice(0, LISTED_MAX)}>
            {(listed) => (
              <CardTable
                label="Samples that stand out"
                head={['Sample', 'Why', 'Call rate', 'Heterozygosity', 'Created']}
                inBox
              >
                {listed.map((sample) => (
                  <Table.Tr key={sample.id}>
                    <Table.Td>
                      <SampleLink sample={sample} projectId={projectId} />
                    </Table.Td>
                    <Table.Td data-wide>{sample.stands_out.map((why) => WHY[why]).join(', ')}</Table.Td>
                    <Table.Td>{percentDown(sample.call_rate)}</Table.Td>
                    <Table.Td>
                      {sample.heterozygosity === null ? '–' : percentDown(sample.heterozygosity)}
                    </Table.Td>
                    <Table.Td>
                      <TimeAgo time={sample.created} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </CardTable>
            )}
          </FirstRows>
          {samples.length > LISTED_MAX && (
            <Text size="sm" c="dimmed" mt="xs">
              The latest {LISTED_MAX} are listed.
            </Text>
          )}
        </>
      )}
    </Paper>
  )
}

function SamePersons({ pairs, projectId }: { pairs: Quality['same_person']; projectId: string }) {
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        The same person twice{pairs && ` (${COUNT.format(pairs.length)})`}
      </Title>
      {pairs === null ? (
        <Text size="sm" c="dimmed">
          This project does not look for it. To do so, turn on “Find the same person twice” under Settings.
        </Text>
      ) : pairs.length === 0 ? (
        <Text size="sm" c="dimmed">
          No two samples look like one person’s among those analysed since this was turned on.
        </Text>
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="xs">
            Two exports of one person agree in 99 % or more. Identical twins cannot be told apart.
          </Text>
          <FirstRows rows={pairs}>
            {(listed) => (
              <CardTable
                label="The same person twice"
                head={['Sample', 'Looks like', 'Agreement', 'Positions compared']}
                inBox
              >
                {listed.map(({ sample, other, shared, agreeing }) => (
                  <Table.Tr key={`${sample.id} ${other.id}`}>
                    {[sample, other].map((each) => (
                      <Table.Td key={each.id}>
                        <SampleLink sample={each} projectId={projectId} />
                      </Table.Td>
                    ))}
                    <Table.Td>{percentDown(agreeing / shared)}</Table.Td>
                    <Table.Td>{COUNT.format(shared)}</Table.Td>
                  </Table.Tr>
                ))}
              </CardTable>
            )}
          </FirstRows>
        </>
      )}
    </Paper>
  )
}

type NamedSample = Pick<Quality['samples'][number], 'id' | 'client_id' | 'reference'>

/** What the partner calls a sample, else its id. */
function SampleLink({ sample, projectId }: { sample: NamedSample; projectId: string }) {
  return (
    <Anchor
      component={PageLink}
      href={sectionHref(projectId, 'samples', sample.id)}
      size="sm"
      style={{ overflowWrap: 'break-word' }}
    >
      {nameSample(sample)}
    </Anchor>
  )
}
