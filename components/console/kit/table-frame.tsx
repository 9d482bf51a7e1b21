'use client'

import { Paper } from '@mantine/core'
import { CardTable, type CardTableProps } from './card-table.tsx'
import { Pager, type Pages } from './pager.tsx'

interface Props extends Omit<CardTableProps, 'inBox'> {
  /** For lists of more than one page. */
  pages?: Pages
}

/** A plain table in a frame of its own, with pages below it. */
export function TableFrame({ pages, ...table }: Props) {
  return (
    <Paper withBorder>
      <CardTable {...table} />
      {pages && <Pager {...pages} padded />}
    </Paper>
  )
}
