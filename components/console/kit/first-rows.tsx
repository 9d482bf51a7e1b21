import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'

const FIRST = 10

interface Props<Row> {
  rows: readonly Row[]
  children: (rows: readonly Row[]) => ReactNode
}

/** The first ten of some rows, and a button for all of them: on a phone each is a card, and what follows would be far below. */
export function FirstRows<Row>({ rows, children }: Props<Row>) {
  const [all, setAll] = useState(false)
  return (
    <>
      {children(all ? rows : rows.slice(0, FIRST))}
      {rows.length > FIRST && !all && (
        <Button variant="default" size="xs" mt="sm" onClick={() => setAll(true)}>
          Show all {rows.length}
        </Button>
      )}
    </>
  )
}
