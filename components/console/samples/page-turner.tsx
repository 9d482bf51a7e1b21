import { Button, Group, Select, Text } from '@mantine/core'
import type { SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import type { AddressChange } from '../kit/use-address.ts'
import { PAGE_SIZES, type SampleQuery } from './sample-query.ts'

interface Props {
  meta: SampleOverviewPage['meta']
  rows: number
  query: SampleQuery
  change: (to: AddressChange) => void
}

const NUMBER = new Intl.NumberFormat('en')

/** Where one is among all that was found, and the pages before and after. */
export function PageTurner({ meta, rows, query, change }: Props) {
  const before = (query.page - 1) * query.size
  const whole = `${NUMBER.format(meta.count)}${meta.more ? '+' : ''}`
  const last = !meta.more && before + rows >= meta.count
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed" role="status">
        {rows === 0
          ? 'Nothing on this page'
          : `${NUMBER.format(before + 1)}–${NUMBER.format(before + rows)} of ${whole}`}
      </Text>
      <Group gap="sm">
        <Select
          aria-label="Samples on a page"
          data={PAGE_SIZES.map((size) => ({ value: String(size), label: `${size} a page` }))}
          value={String(query.size)}
          onChange={(size) => change({ size: size === String(PAGE_SIZES[0]) ? null : size, page: null })}
          allowDeselect={false}
          size="sm"
          w={130}
        />
        <Button.Group>
          <Button
            variant="default"
            disabled={query.page === 1}
            onClick={() => change({ page: query.page === 2 ? null : query.page - 1 })}
          >
            Previous
          </Button>
          <Button
            variant="default"
            disabled={last || rows < query.size}
            onClick={() => change({ page: query.page + 1 })}
          >
            Next
          </Button>
        </Button.Group>
      </Group>
    </Group>
  )
}
