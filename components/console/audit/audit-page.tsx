'use client'

import { Anchor, Button, Code, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import type { WireAuditEntry } from '#lib/audit/wire.ts'
import { useList } from '../api/use-api.tsx'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { NotForYou } from '../kit/not-for-you.tsx'
import { askFor, FIRST_PAGE, type PagePlace, readPagePlace, writePagePlace } from '../kit/page-place.ts'
import { TableFrame } from '../kit/table-frame.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import styles from './audit-page.module.css'
import { ACTION_OPTIONS, sayAction, sayActor } from './audit-words.ts'

const LIMIT = 50
const FILTERS = ['action', 'project', 'actor', 'target', 'since', 'until'] as const

/** Who did what, newest first. The filters are in the address. */
export function AuditPage() {
  const { mayEverywhere } = useSignedInPerson()
  if (mayEverywhere('project_write')) return <WholeTrail />
  return (
    <PageFrame title="Audit trail">
      <NotForYou who="managers and owners" what="see what others did" />
    </PageFrame>
  )
}

function WholeTrail() {
  const { filter, place, change } = useAuditFilter()
  const entries = useList<WireAuditEntry>('audit/', { ...filter, limit: LIMIT, ...askFor(place) })
  return (
    <PageFrame
      title="Audit trail"
      description="Everything that people, keys and links did. Entries are chained: npx arraydrop admin verify-audit detects any that were changed or removed."
    >
      <Filters filter={filter} change={change} />
      <ApiResult
        result={entries}
        lines={10}
        empty={{
          when: (page) => page.results.length === 0 && place.offset === 0,
          show: (
            <EmptyState icon="audit" title="No entries match">
              Widen the filters. Sign-ins, downloads, deletions and changes of settings are all recorded here.
            </EmptyState>
          ),
        }}
      >
        {({ meta, results }) => (
          <TableFrame
            label="Audit trail"
            narrow={styles.trail}
            head={['When', 'Who', 'What', 'To what', 'Request']}
            pages={{ meta, rows: results.length, limit: LIMIT, place, turn: (to) => change({}, to) }}
          >
            {results.map((entry) => (
              <EntryRow key={entry.id} entry={entry} narrow={change} />
            ))}
          </TableFrame>
        )}
      </ApiResult>
    </PageFrame>
  )
}

type Filter = Partial<Record<(typeof FILTERS)[number], string>>
type Change = (to: Filter, place?: PagePlace) => void

function useAuditFilter(): { filter: Filter; place: PagePlace; change: Change } {
  const search = useSearchParams()
  const router = useRouter()
  const pathname = usePathname()
  const filter: Filter = Object.fromEntries(
    FILTERS.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])),
  )
  return {
    filter,
    place: readPagePlace(search.get('offset') ?? '', LIMIT),
    change(to, place = FIRST_PAGE) {
      const given = Object.entries({ ...filter, ...to, offset: writePagePlace(place) })
      const query = new URLSearchParams(given.filter(([, value]) => value) as [string, string][])
      router.replace(`${pathname}?${query}`, { scroll: false })
    },
  }
}

function Filters({ filter, change }: { filter: Filter; change: Change }) {
  const { projects } = useChosenProject()
  return (
    <Group align="end">
      <Select
        label="What"
        placeholder="Anything"
        data={ACTION_OPTIONS}
        value={filter.action ?? null}
        onChange={(action) => change({ action: action ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': 'Anything' }}
        searchable
      />
      <Select
        label="In which project"
        placeholder="In any or none"
        data={projects.map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.project ?? null}
        onChange={(project) => change({ project: project ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': 'In any or none' }}
        searchable
      />
      <TextInput
        label="From"
        type="date"
        value={filter.since ?? ''}
        onChange={(event) => change({ since: event.currentTarget.value })}
      />
      <TextInput
        label="Before"
        type="date"
        value={filter.until ?? ''}
        onChange={(event) => change({ until: event.currentTarget.value })}
      />
      {Object.keys(filter).length > 0 && (
        <Button
          variant="default"
          onClick={() => change(Object.fromEntries(FILTERS.map((name) => [name, ''])) as Filter)}
        >
          Show everything
        </Button>
      )}
    </Group>
  )
}

function EntryRow({ entry, narrow }: { entry: WireAuditEntry; narrow: Change }) {
  const { projects } = useChosenProject()
  const project = projects.find(({ id }) => id === entry.project)
  const where = [
    entry.address && `from ${entry.address}`,
    entry.project && `in ${project?.name ?? entry.project}`,
  ].filter(Boolean)
  return (
    <Table.Tr>
      <Table.Td>
        <TimeAgo time={entry.created} />
      </Table.Td>
      <Table.Td>
        <Actor entry={entry} narrow={narrow} />
      </Table.Td>
      <Table.Td className={styles.what!}>
        <span className={styles['on-phone']}>
          <Actor entry={entry} narrow={narrow} />{' '}
        </span>
        {sayAction(entry.action)}
        {where.length > 0 && (
          <Text size="xs" c="dimmed">
            {where.join(' · ')}
          </Text>
        )}
        <div className={styles['on-phone']}>
          <Targets entry={entry} />
        </div>
      </Table.Td>
      <Table.Td>
        <Targets entry={entry} />
      </Table.Td>
      <Table.Td>{entry.request_id && <Code>{entry.request_id.slice(0, 8)}</Code>}</Table.Td>
    </Table.Tr>
  )
}

/** Who did it; pressed, the trail shows what else they did. */
function Actor({ entry, narrow }: { entry: WireAuditEntry; narrow: Change }) {
  const { id } = entry.actor
  if (id === null) return sayActor(entry)
  return (
    <Anchor component="button" className={styles.actor!} onClick={() => narrow({ actor: id })}>
      {sayActor(entry)}
    </Anchor>
  )
}

function Targets({ entry: { targets, target_names } }: { entry: WireAuditEntry }) {
  return (
    <Stack gap={2}>
      {targets.slice(0, 3).map((target, at) => {
        const name = target_names[at]
        return name ? (
          <Text key={target} size="sm" title={target} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
        ) : (
          <Code key={target}>{target}</Code>
        )
      })}
      {targets.length > 3 && <Text size="xs">and {targets.length - 3} more</Text>}
    </Stack>
  )
}
