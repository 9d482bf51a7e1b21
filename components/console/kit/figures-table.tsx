'use client'

import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './figures-table.module.css'
import { TableRegion } from './table-region.tsx'

interface Props {
  label: string
  head: readonly string[]
  /** The first columns hold words, the others figures. */
  words?: number
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
}

/** A table of figures in up to four columns, which stays one on a phone. */
export function FiguresTable({ label, head, words = 1, rows }: Props) {
  const kindOf = (column: number) => (column < words ? styles.word! : styles.figure!)
  return (
    <TableRegion label={label}>
      <Table horizontalSpacing={6} className={styles.table!} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {head.map((name, column) => (
              <Table.Th key={name} scope="col" className={kindOf(column)}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, cells }) => (
            <Table.Tr key={key}>
              {cells.map((cell, column) => (
                <Table.Td key={head[column]} className={kindOf(column)}>
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </TableRegion>
  )
}
