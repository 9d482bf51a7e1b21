'use client'

import { Paper, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { Pager, type Pages } from './pager.tsx'

interface Props {
  /** What the table holds, for screen readers. */
  label: string
  head: readonly ReactNode[]
  children: ReactNode
  /** For lists of more than one page. */
  pages?: Pages
  /** Styles of a table that shows fewer columns on a phone, and so does not scroll there. */
  narrow?: string | undefined
}

/** A plain table that scrolls sideways when it has to, with pages below it. */
export function TableFrame({ label, head, children, pages, narrow }: Props) {
  return (
    <Paper withBorder>
      <Table.ScrollContainer minWidth={narrow ? 0 : 640} type="native" tabIndex={0}>
        <Table
          verticalSpacing="sm"
          horizontalSpacing="md"
          highlightOnHover
          aria-label={label}
          className={narrow!}
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
          <Table.Tbody>{children}</Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {pages && <Pager {...pages} padded />}
    </Paper>
  )
}
