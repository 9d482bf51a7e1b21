import { Button, Group, Text } from '@mantine/core'
import type { AddressChange } from '../kit/use-address.ts'

interface Props {
  count: number
  page: number
  size: number
  change: (to: AddressChange) => void
}

/** Where one is, and the pages before and after. */
export function SheetTurner({ count, page, size, change }: Props) {
  const first = (page - 1) * size + 1
  const last = Math.min(page * size, count)
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed">
        {first > count ? 'Nothing on this page' : `${first}–${last} of ${count}`}
      </Text>
      <Button.Group>
        <Button
          variant="default"
          disabled={page === 1}
          onClick={() => change({ page: page === 2 ? null : page - 1 })}
        >
          Previous
        </Button>
        <Button variant="default" disabled={last >= count} onClick={() => change({ page: page + 1 })}>
          Next
        </Button>
      </Button.Group>
    </Group>
  )
}
