'use client'

import { Table } from '@mantine/core'
import type { ReactNode } from 'react'

/** Where a table that is wider than its place scrolls, by keyboard too; the page never does. */
export const TableRegion = ({ label, children }: { label: string; children: ReactNode }) => (
  <Table.ScrollContainer minWidth={0} type="native" tabIndex={0} role="region" aria-label={label}>
    {children}
  </Table.ScrollContainer>
)
