'use client'

import { Button, Group, Pagination, Paper, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Page } from '../api/api.ts'
import { FIRST_PAGE, type PagePlace, placeOfNext } from './page-place.ts'

interface Props {
  /** What the table holds, for screen readers. */
  label: string
  head: readonly ReactNode[]
  children: ReactNode
  /** For lists of more than one page. */
  pages?: Pages
}

interface Pages {
  meta: Page<unknown>['meta']
  /** Rows on this page, and on a full one. */
  rows: number
  limit: number
  place: PagePlace
  turn: (to: PagePlace) => void
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
      {pages && <Pager {...pages} />}
    </Paper>
  )
}

const NUMBER = new Intl.NumberFormat('en')

/** Pages by number as far as the API counts; beyond that one after the other. */
function Pager({ meta, rows, limit, place, turn }: Pages) {
  const whole = meta.count <= limit && !meta.more
  if (whole && place.offset === 0) return null
  const range =
    rows === 0
      ? 'Nothing on this page'
      : `${NUMBER.format(place.offset + 1)}–${NUMBER.format(place.offset + rows)} of ${NUMBER.format(meta.count)}${meta.more ? '+' : ''}`
  return (
    <Group justify="space-between" p="md">
      <Text size="sm" c="dimmed" role="status">
        {range}
      </Text>
      {meta.more || rows === 0 ? (
        <Button.Group>
          <Button
            variant="default"
            size="sm"
            disabled={place.offset === 0}
            onClick={() => turn(place.after ? FIRST_PAGE : { offset: place.offset - limit, after: '' })}
          >
            {place.after || rows === 0 ? 'First page' : 'Previous'}
          </Button>
          <Button
            variant="default"
            size="sm"
            disabled={meta.next === null}
            onClick={() => turn(placeOfNext(place, limit, meta.next))}
          >
            Next
          </Button>
        </Button.Group>
      ) : (
        <Pagination
          total={Math.ceil(meta.count / limit)}
          value={place.offset / limit + 1}
          onChange={(page) => turn({ offset: (page - 1) * limit, after: '' })}
          getControlProps={(control) => ({ 'aria-label': CONTROL_WORDS[control] })}
          getItemProps={(page) => ({ 'aria-label': `Page ${page}` })}
          size="sm"
        />
      )}
    </Group>
  )
}

const CONTROL_WORDS = {
  first: 'First page',
  previous: 'Previous page',
  next: 'Next page',
  last: 'Last page',
}
