'use client'

import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './card-table.module.css'
import rows from './plain-rows.module.css'
import { TableRegion } from './table-region.tsx'

export interface CardTableProps {
  /** What the table holds, for screen readers. */
  label: string
  /** The names of the columns. A last one named `Actions` holds buttons, not a value. */
  head: readonly string[]
  children: ReactNode
  /** Styles for a phone, for a table that shows fewer columns there; without them each row becomes a card. */
  narrow?: string | undefined
  /** The rows are plain elements, not components of the library. */
  plainRows?: boolean
  /** The table stands in a box that has a padding of its own. */
  inBox?: boolean
}

const ACTIONS = 'Actions'

/**
 * A plain table. On a phone each row is a card with the names of the columns above its values, so that nothing scrolls
 * sideways; a cell with `data-wide` has the whole width of the card.
 */
export function CardTable({
  label,
  head,
  children,
  narrow,
  plainRows = false,
  inBox = false,
}: CardTableProps) {
  return (
    <TableRegion label={label}>
      <Table
        verticalSpacing={inBox ? 7 : 'sm'}
        horizontalSpacing={inBox ? 'xs' : 'md'}
        highlightOnHover={!inBox}
        aria-label={label}
        className={narrow ?? styles.cards!}
        data-actions={head.at(-1) === ACTIONS || undefined}
        data-in-box={inBox || undefined}
        style={namesOf(head)}
      >
        <thead className={rows.head}>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <Table.Tbody className={plainRows ? rows.rows! : undefined!}>{children}</Table.Tbody>
      </Table>
    </TableRegion>
  )
}

/** The names of the columns for the styles: `--column-1` and so on. */
const namesOf = (head: readonly string[]) =>
  Object.fromEntries(head.map((name, at) => [`--column-${at + 1}`, JSON.stringify(name)]))
