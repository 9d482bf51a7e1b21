import type { ReactNode } from 'react'
import { nameVendor } from '#lib/genotype/vendors.ts'
import type { SampleOverview } from '#lib/insights/overview-wire.ts'
import { sectionHref } from '../frame/addresses.ts'
import { nameSample } from '../kit/name-sample.ts'
import { PageLink } from '../kit/page-link.tsx'
import rows from '../kit/plain-rows.module.css'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { wordsForReason } from './reason-words.ts'
import type { SampleQuery } from './sample-query.ts'
import styles from './samples-table.module.css'

interface Column {
  id: string
  label: string
  /** The name under which the API sorts by it. */
  sort?: SampleQuery['sort']
  cell: (sample: SampleOverview, projectName: string | undefined) => ReactNode
}

/**
 * What the table can show of a sample. Client ids, notes and metadata are text and nothing else. Cells are plain elements:
 * a page has hundreds, and components of the library would be what the page waits for.
 */
export const SAMPLE_COLUMNS: readonly Column[] = [
  { id: 'sample', label: 'Sample', sort: 'client_id', cell: (sample) => <Name sample={sample} /> },
  {
    id: 'status',
    label: 'Status',
    cell: ({ last_status }) => <StatusBadge status={last_status.status} />,
  },
  // If there is more to say than the status does.
  {
    id: 'why',
    label: 'Why',
    cell: ({ last_status, reason }) => (
      <div className={styles.lines}>{last_status.note || (reason && wordsForReason(reason)) || '–'}</div>
    ),
  },
  { id: 'vendor', label: 'Vendor', cell: ({ vendor }) => (vendor ? nameVendor(vendor) : '–') },
  {
    id: 'metadata',
    label: 'Metadata',
    cell: ({ metadata_excerpt }) => (
      <div className={`${styles.cut} ${rows.quiet} ${rows.code}`}>{metadata_excerpt ?? '–'}</div>
    ),
  },
  { id: 'project', label: 'Project', cell: (_, projectName) => projectName ?? '–' },
  {
    id: 'created',
    label: 'Created',
    sort: 'created',
    cell: ({ created }) => <TimeAgo time={created} />,
  },
  {
    id: 'changed',
    label: 'Changed',
    sort: 'modified',
    cell: ({ modified }) => <TimeAgo time={modified} />,
  },
]

function Name({ sample }: { sample: SampleOverview }) {
  const name = nameSample(sample)
  const named = name !== sample.id
  return (
    <>
      <PageLink
        href={sectionHref(sample.project, 'samples', sample.id)}
        title={name}
        className={`${rows.link} ${styles.cut} ${named ? '' : rows.code}`}
      >
        {name}
      </PageLink>
      {named && <div className={`${styles.cut} ${rows.quiet} ${rows.code}`}>{sample.id}</div>}
    </>
  )
}
