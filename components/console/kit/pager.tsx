'use client'

import { Button, Group, Pagination, Text } from '@mantine/core'
import type { Page } from '../api/api.ts'
import { FIRST_PAGE, isNumbered, type PagePlace, placeOfNext } from './page-place.ts'

export interface Pages {
  meta: Page<unknown>['meta']
  /** Rows on this page, and on a full one. */
  rows: number
  limit: number
  place: PagePlace
  turn: (to: PagePlace) => void
}

const NUMBER = new Intl.NumberFormat('en')

/** Pages by number where the API counts all and none is short; otherwise one after the other. */
export function Pager({ meta, rows, limit, place, turn, padded = false }: Pages & { padded?: boolean }) {
  const whole = meta.count <= limit && !meta.more
  if (whole && meta.next === null && place.offset === 0) return null
  const range =
    rows === 0
      ? meta.next === null
        ? 'Nothing on this page'
        : 'Nothing among those looked at so far'
      : `${NUMBER.format(place.offset + 1)}–${NUMBER.format(place.offset + rows)} of ${NUMBER.format(meta.count)}${meta.more ? '+' : ''}`
  // Where the page before this one is not known, or may be as empty.
  const isFirst = place.after !== '' || rows === 0
  return (
    <Group justify="space-between" p={padded ? 'md' : 0}>
      <Text size="sm" c="dimmed" role="status">
        {range}
      </Text>
      {!isNumbered({ meta, rows, limit, place }) ? (
        <Button.Group>
          <Button
            variant="default"
            size="sm"
            disabled={place.offset === 0 && place.after === ''}
            onClick={() =>
              turn(isFirst ? FIRST_PAGE : { offset: Math.max(0, place.offset - limit), after: '' })
            }
          >
            {isFirst ? 'First page' : 'Previous'}
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
