'use client'

import { Button, Group, Menu, Paper, Table, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { memo, type RefObject, useCallback, useEffect, useMemo, useRef } from 'react'
import type { SampleOverview, SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { isDialogOpen, isWriting } from '../kit/is-writing.ts'
import rows from '../kit/plain-rows.module.css'
import { TableRegion } from '../kit/table-region.tsx'
import type { AddressChange } from '../kit/use-address.ts'
import { useRowsInSight } from '../kit/use-rows-in-sight.ts'
import { BulkActions } from './bulk-actions.tsx'
import { SAMPLE_COLUMNS } from './sample-columns.tsx'
import { naturalOrder, type SampleQuery } from './sample-query.ts'
import { SampleRow } from './sample-row.tsx'
import styles from './samples-table.module.css'
import type { SampleWork } from './use-sample-work.ts'

interface Props {
  page: SampleOverviewPage
  query: SampleQuery
  everywhere: boolean
  /** The rows belong to the previous request. */
  waiting: boolean
  outdated: boolean
  renew: () => void
  /** The samples that something is to be done with. */
  picked: ReadonlyMap<string, SampleOverview>
  pick: (samples: readonly SampleOverview[], on: boolean) => void
  work: SampleWork
  change: (to: AddressChange) => void
}

/** One page of samples. The choice of columns is remembered in this browser. */
export function SamplesTable({
  page,
  query,
  everywhere,
  waiting,
  outdated,
  renew,
  picked,
  pick,
  work,
  change,
}: Props) {
  const { projects } = useChosenProject()
  const { may } = useSignedInPerson()
  const [hidden, setHidden] = useHiddenColumns()
  const columns = SAMPLE_COLUMNS.filter(({ id }) => !hidden.includes(id) && (id !== 'project' || everywhere))
  const shown = columns.map(({ id }) => id).join(' ')
  const names = useMemo(() => new Map(projects.map(({ id, name }) => [id, name])), [projects])
  const pickable = may('run_analysis') || may('project_write')
  const allPicked = page.results.length > 0 && page.results.every(({ id }) => picked.has(id))
  const drawn = useRowsInSight(page.results)
  const body = useRef<HTMLTableSectionElement>(null)
  useRowKeys(body)
  return (
    <Paper withBorder>
      <Group justify="space-between" px="sm" py={6} className={styles.bar!}>
        {picked.size > 0 || work.total > 0 ? (
          <BulkActions
            picked={[...picked.values()]}
            work={work}
            clear={() => pick([...picked.values()], false)}
          />
        ) : (
          <Text size="sm" c="dimmed" aria-live="polite">
            {outdated ? 'This list has changed.' : 'Updates every few seconds.'}
          </Text>
        )}
        <Group gap="xs">
          {outdated && (
            <Button size="compact-sm" onClick={renew} leftSection={<ConsoleIcon name="refresh" size={14} />}>
              Show them
            </Button>
          )}
          <ColumnChoice everywhere={everywhere} hidden={hidden} onChange={setHidden} />
        </Group>
      </Group>
      <TableRegion label="Samples">
        <Table
          aria-label="Samples"
          verticalSpacing={7}
          className={styles.table!}
          data-waiting={waiting || undefined}
        >
          <thead className={rows.head}>
            <tr>
              {pickable && (
                <th className={styles.pick}>
                  <label className={styles.box}>
                    <input
                      type="checkbox"
                      aria-label="Pick every row on this page"
                      ref={(box) => {
                        if (box)
                          box.indeterminate = !allPicked && page.results.some(({ id }) => picked.has(id))
                      }}
                      checked={allPicked}
                      onChange={() => pick(page.results, !allPicked)}
                    />
                  </label>
                </th>
              )}
              {columns.map(({ id, label, sort }) => (
                <Heading key={id} id={id} sort={sort} query={query} change={change}>
                  {label}
                </Heading>
              ))}
            </tr>
          </thead>
          <tbody ref={body} className={rows.rows}>
            {drawn.map((sample) => (
              <SampleRow
                key={sample.id}
                sample={sample}
                projectName={names.get(sample.project)}
                shown={shown}
                pick={pickable ? pick : undefined}
                picked={picked.has(sample.id)}
              />
            ))}
          </tbody>
        </Table>
      </TableRegion>
    </Paper>
  )
}

/** The ids of the columns that are not shown, and a way to change them. */
function useHiddenColumns(): [hidden: string[], setHidden: (hidden: string[]) => void] {
  // Kept as text: an array would be another one each time it is read, and the table be drawn twice.
  const [text, setText] = useLocalStorage({
    key: 'arraydrop-sample-columns',
    defaultValue: '["created"]',
    getInitialValueInEffect: false,
    serialize: String,
    deserialize: (stored) => stored ?? '["created"]',
  })
  const hidden = useMemo(() => namesIn(text), [text])
  return [hidden, useCallback((hidden) => setText(JSON.stringify(hidden)), [setText])]
}

/** None of what is no list of names: other programs on this origin may write there. */
function namesIn(text: string): string[] {
  try {
    const names: unknown = JSON.parse(text)
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
  } catch {
    return []
  }
}

interface HeadingProps {
  id: string
  sort: SampleQuery['sort'] | undefined
  query: SampleQuery
  change: (to: AddressChange) => void
  children: string
}

function Heading({ id, sort, query, change, children }: HeadingProps) {
  if (sort === undefined) {
    return (
      <th className={styles[id]} data-column={id}>
        {children}
      </th>
    )
  }
  const sorted = query.sort === sort
  const order = sorted ? (query.order === 'asc' ? 'desc' : 'asc') : naturalOrder(sort)
  return (
    <th
      className={styles[id]}
      data-column={id}
      aria-sort={sorted ? (query.order === 'asc' ? 'ascending' : 'descending') : 'none'}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() =>
          change({
            sort: sort === 'modified' ? null : sort,
            order: order === naturalOrder(sort) ? null : order,
            page: null,
          })
        }
      >
        {children}
        <span aria-hidden="true" className={styles.arrow}>
          {sorted ? (query.order === 'asc' ? '↑' : '↓') : ''}
        </span>
      </button>
    </th>
  )
}

interface ChoiceProps {
  everywhere: boolean
  hidden: string[]
  onChange: (hidden: string[]) => void
}

const ColumnChoice = memo(function ColumnChoice({ everywhere, hidden, onChange }: ChoiceProps) {
  const columns = SAMPLE_COLUMNS.filter(({ id }) => id !== 'sample' && (id !== 'project' || everywhere))
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" visibleFrom="sm">
          Columns
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.map(({ id, label }) => (
          <Menu.CheckboxItem
            key={id}
            checked={!hidden.includes(id)}
            onChange={(shown) => onChange(shown ? hidden.filter((other) => other !== id) : [...hidden, id])}
          >
            {label}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
})

/** `j` and `k` move between the rows' links, which Enter follows, and `x` picks the row. They do nothing while a field has the focus. */
function useRowKeys(body: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const move = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (isWriting(event.target) || isDialogOpen()) return
      if (event.key === 'x') {
        const row = document.activeElement?.closest('tr')
        if (row && body.current?.contains(row))
          row.querySelector<HTMLElement>('input[type=checkbox]')?.click()
        return
      }
      const step = { j: 1, k: -1 }[event.key]
      if (step === undefined) return
      const links = [...(body.current?.querySelectorAll<HTMLElement>('tr a') ?? [])]
      const at = links.indexOf(document.activeElement as HTMLElement)
      links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus()
    }
    document.addEventListener('keydown', move)
    return () => document.removeEventListener('keydown', move)
  }, [body])
}
