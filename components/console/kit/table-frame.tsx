'use client'

import { Group, Pagination, Paper, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  /** What the table holds, for screen readers. */
  label: string
  head: readonly ReactNode[]
  children: ReactNode
  /** For lists of more than one page. */
  pages?: { count: number; limit: number; offset: number; turn: (offset: number) => void }
}

/** A plain table that scrolls sideways when it has to, with pages below it. */
export function TableFrame({ label, head, children, pages }: Props) {
  return (
    <Paper withBorder>
      <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover aria-label={label}>
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
      {pages && pages.count > pages.limit && (
        <Group justify="space-between" p="md">
          <Text size="sm" c="dimmed">
            {pages.offset + 1}–{Math.min(pages.offset + pages.limit, pages.count)} of {pages.count}
          </Text>
          <Pagination
            total={Math.ceil(pages.count / pages.limit)}
            value={pages.offset / pages.limit + 1}
            onChange={(page) => pages.turn((page - 1) * pages.limit)}
            getControlProps={(control) => ({ 'aria-label': CONTROL_WORDS[control] })}
            getItemProps={(page) => ({ 'aria-label': `Page ${page}` })}
            size="sm"
          />
        </Group>
      )}
    </Paper>
  )
}

const CONTROL_WORDS = {
  first: 'First page',
  previous: 'Previous page',
  next: 'Next page',
  last: 'Last page',
}
