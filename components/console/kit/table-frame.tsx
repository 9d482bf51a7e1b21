'use client'

import { Paper, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { Pager, type Pages } from './pager.tsx'
import rows from './plain-rows.module.css'
import styles from './table-frame.module.css'

interface Props {
  /** What the table holds, for screen readers. */
  label: string
  head: readonly ReactNode[]
  children: ReactNode
  /** For lists of more than one page. */
  pages?: Pages
  /** Styles for a phone, for a table that shows fewer columns there; without them each row becomes a card. */
  narrow?: string | undefined
  /** The rows are plain elements, not components of the library. */
  plainRows?: boolean
}

/**
 * A plain table with pages below it. On a phone each row is a card with the names of the columns beside its values, so that
 * nothing scrolls sideways.
 */
export function TableFrame({ label, head, children, pages, narrow, plainRows = false }: Props) {
  return (
    <Paper withBorder>
      <Table.ScrollContainer minWidth={0} type="native" tabIndex={0}>
        <Table
          verticalSpacing="sm"
          horizontalSpacing="md"
          highlightOnHover
          aria-label={label}
          className={narrow ?? styles.cards!}
          style={namesOf(head)}
        >
          <Table.Thead>
            <Table.Tr>
              {head.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
                <Table.Th key={column} scope="col">
                  {cell}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className={plainRows ? rows.rows! : undefined!}>{children}</Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {pages && <Pager {...pages} padded />}
    </Paper>
  )
}

/** The names of the columns for the styles: `--column-1` and so on. */
const namesOf = (head: readonly ReactNode[]) =>
  Object.fromEntries(head.map((cell, at) => [`--column-${at + 1}`, JSON.stringify(String(cell))]))
