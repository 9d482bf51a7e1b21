'use client'

import { memo } from 'react'
import type { SampleOverview } from '#lib/insights/overview-wire.ts'
import { nameSample } from '../kit/name-sample.ts'
import { SAMPLE_COLUMNS } from './sample-columns.tsx'
import styles from './samples-table.module.css'

interface Props {
  sample: SampleOverview
  projectName: string | undefined
  /** Ids of the columns that are shown, separated by spaces. */
  shown: string
  /** Undefined for people who can do nothing with picked samples. */
  pick: ((samples: readonly SampleOverview[], on: boolean) => void) | undefined
  picked: boolean
}

/** One sample of the table. Drawn again only when something of it has changed. */
export const SampleRow = memo(function SampleRow({ sample, projectName, shown, pick, picked }: Props) {
  const ids = shown.split(' ')
  return (
    <tr>
      {pick && (
        <td className={styles.pick}>
          <label className={styles.box}>
            <input
              type="checkbox"
              aria-label={`Pick ${nameSample(sample)}`}
              checked={picked}
              onChange={(event) => pick([sample], event.currentTarget.checked)}
            />
          </label>
        </td>
      )}
      {SAMPLE_COLUMNS.filter(({ id }) => ids.includes(id)).map(({ id, cell }) => (
        <td key={id} className={styles[id]} data-column={id}>
          {cell(sample, projectName)}
        </td>
      ))}
    </tr>
  )
})
