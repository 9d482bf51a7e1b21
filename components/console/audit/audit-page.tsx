'use client'

import { Button, Group, Select, TextInput } from '@mantine/core'
import type { WireAuditEntry } from '#lib/audit/wire.ts'
import { useList } from '../api/use-api.tsx'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { NotForYou } from '../kit/not-for-you.tsx'
import { FIRST_PAGE, type PagePlace, writePagePlace } from '../kit/page-place.ts'
import rows from '../kit/plain-rows.module.css'
import { TableFrame } from '../kit/table-frame.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { useAddress } from '../kit/use-address.ts'
import { useRowsInSight } from '../kit/use-rows-in-sight.ts'
import styles from './audit-page.module.css'
import {
  AUDIT_LIMIT,
  type AuditFilter,
  askForAudit,
  NO_AUDIT_FILTERS,
  readAuditQuery,
} from './audit-query.ts'
import { ACTION_OPTIONS, sayAction, sayActor } from './audit-words.ts'

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
  const entries = useList<WireAuditEntry>('audit/', askForAudit(filter, place))
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
            plainRows
            head={['When', 'Who', 'What', 'To what', 'Request']}
            pages={{ meta, rows: results.length, limit: AUDIT_LIMIT, place, turn: (to) => change({}, to) }}
          >
            <Entries entries={results} narrow={change} />
          </TableFrame>
        )}
      </ApiResult>
    </PageFrame>
  )
}

type Change = (to: AuditFilter, place?: PagePlace) => void

function useAuditFilter(): { filter: AuditFilter; place: PagePlace; change: Change } {
  const address = useAddress()
  return {
    ...readAuditQuery(address),
    change: (to, place = FIRST_PAGE) => address.change({ ...to, offset: writePagePlace(place) }),
  }
}

function Filters({ filter, change }: { filter: AuditFilter; change: Change }) {
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
        <Button variant="default" onClick={() => change(NO_AUDIT_FILTERS)}>
          Show everything
        </Button>
      )}
    </Group>
  )
}

function Entries({ entries, narrow }: { entries: readonly WireAuditEntry[]; narrow: Change }) {
  const { projects } = useChosenProject()
  const drawn = useRowsInSight(entries)
  return drawn.map((entry) => (
    <EntryRow
      key={entry.id}
      entry={entry}
      projectName={projects.find(({ id }) => id === entry.project)?.name}
      narrow={narrow}
    />
  ))
}

/** Drawn as plain elements: a page has fifty of them. */
function EntryRow({ entry, projectName, narrow }: EntryProps) {
  const where = [
    entry.address && `from ${entry.address}`,
    entry.project && `in ${projectName ?? entry.project}`,
  ].filter(Boolean)
  return (
    <tr>
      <td>
        <TimeAgo time={entry.created} />
      </td>
      <td>
        <Actor entry={entry} narrow={narrow} />
      </td>
      <td className={styles.what}>
        <span className={styles['on-phone']}>
          <Actor entry={entry} narrow={narrow} />{' '}
        </span>
        {sayAction(entry.action)}
        {where.length > 0 && <div className={rows.quiet}>{where.join(' · ')}</div>}
        <div className={styles['on-phone']}>
          <Targets entry={entry} />
        </div>
      </td>
      <td>
        <Targets entry={entry} />
      </td>
      <td>{entry.request_id && <code className={rows.code}>{entry.request_id.slice(0, 8)}</code>}</td>
    </tr>
  )
}

interface EntryProps {
  entry: WireAuditEntry
  projectName: string | undefined
  narrow: Change
}

/** Who did it; pressed, the trail shows what else they did. */
function Actor({ entry, narrow }: Pick<EntryProps, 'entry' | 'narrow'>) {
  const { id } = entry.actor
  if (id === null) return sayActor(entry)
  return (
    <button type="button" className={`${rows.link} ${styles.actor}`} onClick={() => narrow({ actor: id })}>
      {sayActor(entry)}
    </button>
  )
}

function Targets({ entry: { targets, target_names } }: Pick<EntryProps, 'entry'>) {
  return (
    <>
      {targets.slice(0, 3).map((target, at) => {
        const name = target_names[at]
        return (
          <div key={target} className={styles.target} title={name ? target : undefined}>
            {name ?? <code className={rows.code}>{target}</code>}
          </div>
        )
      })}
      {targets.length > 3 && <div className={rows.quiet}>and {targets.length - 3} more</div>}
    </>
  )
}
