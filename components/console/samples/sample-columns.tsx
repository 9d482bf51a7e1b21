import { Anchor, Text } from '@mantine/core'
import { type ColumnDef, columnVisibilityFeature, tableFeatures } from '@tanstack/react-table'
import { nameVendor } from '#lib/genotype/vendors.ts'
import type { SampleOverview } from '#lib/insights/overview-wire.ts'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { sectionHref } from '../frame/addresses.ts'
import { PageLink } from '../kit/page-link.tsx'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { wordsForReason } from './reason-words.ts'
import styles from './samples-table.module.css'

/** Sorting, filters and pages are the server's. */
export const SAMPLE_TABLE = tableFeatures({ columnVisibilityFeature })

interface Row {
  row: { original: SampleOverview }
}

/** What the table can show of a sample. Client ids, notes and metadata are text and nothing else. */
export const sampleColumns = (
  projects: readonly ProjectItem[],
): ColumnDef<typeof SAMPLE_TABLE, SampleOverview>[] => [
  { id: 'sample', header: 'Sample', cell: ({ row }: Row) => <NameCell sample={row.original} /> },
  {
    id: 'status',
    header: 'Status',
    cell: ({ row }: Row) => <StatusBadge status={row.original.last_status.status} />,
  },
  { id: 'why', header: 'Why', cell: ({ row }: Row) => <WhyCell sample={row.original} /> },
  {
    id: 'vendor',
    header: 'Vendor',
    cell: ({ row }: Row) => (row.original.vendor ? nameVendor(row.original.vendor) : '–'),
  },
  {
    id: 'metadata',
    header: 'Metadata',
    cell: ({ row }: Row) => (
      <Text size="xs" c="dimmed" ff="monospace" className={styles.cut!}>
        {row.original.metadata_excerpt ?? '–'}
      </Text>
    ),
  },
  {
    id: 'project',
    header: 'Project',
    cell: ({ row }: Row) => projects.find(({ id }) => id === row.original.project)?.name ?? '–',
  },
  { id: 'created', header: 'Created', cell: ({ row }: Row) => <TimeAgo time={row.original.created} /> },
  { id: 'changed', header: 'Changed', cell: ({ row }: Row) => <TimeAgo time={row.original.modified} /> },
]

function NameCell({ sample }: { sample: SampleOverview }) {
  const named = sample.client_id !== sample.id
  return (
    <>
      <Anchor
        component={PageLink}
        href={sectionHref(sample.project, 'samples', sample.id)}
        title={sample.client_id}
        size="sm"
        className={styles.cut!}
        ff={named ? undefined : 'monospace'}
        fz={named ? 'sm' : 'xs'}
      >
        {sample.client_id}
      </Anchor>
      {named && (
        <Text size="xs" c="dimmed" ff="monospace" className={styles.cut!}>
          {sample.id}
        </Text>
      )}
      <div className={styles.below}>
        <StatusBadge status={sample.last_status.status} />
      </div>
    </>
  )
}

/** Why it is as it is, if there is more to say than the status does. */
function WhyCell({ sample }: { sample: SampleOverview }) {
  const why = sample.last_status.note || (sample.reason && wordsForReason(sample.reason))
  return (
    <Text size="sm" lineClamp={2} maw={280}>
      {why || '–'}
    </Text>
  )
}
