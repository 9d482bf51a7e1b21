'use client'

import { Anchor, Badge, Button, Checkbox, Group, Paper, Table, Text } from '@mantine/core'
import { useState } from 'react'
import type { SheetRow } from '#lib/fastq/wire.ts'
import { useAct } from '../api/use-api.tsx'
import { sectionHref } from '../frame/addresses.ts'
import { useChosenProject } from '../frame/chosen-project.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { CardTable } from '../kit/card-table.tsx'
import { confirmFirst } from '../kit/confirm.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { PageLink } from '../kit/page-link.tsx'
import { sayBytes } from '../kit/say-units.ts'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { AssignDialog } from './assign-dialog.tsx'
import { SOON_HOURS } from './expiry-filter.tsx'
import styles from './fastqs-table.module.css'

interface Props {
  rows: readonly SheetRow[]
  everywhere: boolean
}

/** The files of each sample; those not assigned yet can be assigned or deleted. */
export function FastqsTable({ rows, everywhere }: Props) {
  const { may } = useSignedInPerson()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [assigning, setAssigning] = useState(false)
  const free = rows.filter(({ sample }) => sample === null)
  // Only rows that are still in the list and unassigned: the list refreshes.
  const picked = free.filter((row) => chosen.includes(keyOf(row)))
  const remove = useAct<readonly SheetRow[]>({
    path: 'uploads-delete-unassigned/',
    body: (gone) => ({ upload_ids: gone.flatMap(uploadsOf) }),
    done: 'The files were deleted.',
  })
  const toggle = (row: SheetRow, on: boolean) =>
    setChosen(on ? [...chosen, keyOf(row)] : chosen.filter((key) => key !== keyOf(row)))
  return (
    <Paper withBorder>
      <Group px="md" py={6} mih={44} gap="sm">
        <Checkbox
          size="md"
          aria-label="Select all on this page"
          checked={free.length > 0 && picked.length === free.length}
          indeterminate={picked.length > 0 && picked.length < free.length}
          disabled={free.length === 0}
          onChange={(event) => setChosen(event.currentTarget.checked ? free.map(keyOf) : [])}
        />
        <Text size="sm" c="dimmed" role="status" style={{ flex: '1 1 220px' }}>
          {picked.length === 0 ? 'Select rows to assign or delete them.' : `${picked.length} selected`}
        </Text>
        {may('run_analysis') && (
          <Button size="compact-sm" disabled={picked.length === 0} onClick={() => setAssigning(true)}>
            Assign to a project
          </Button>
        )}
        {may('upload_create') && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={picked.length === 0}
            loading={remove.isPending}
            leftSection={<ConsoleIcon name="trash" size={14} />}
            onClick={() =>
              confirmFirst({
                title: `Delete the files of ${picked.length === 1 ? 'this sample' : `${picked.length} samples`}?`,
                children:
                  'The URLs are erased here; the files in your cloud stay. Their destinations cannot be used again.',
                confirm: 'Delete them',
                onConfirm: () => remove.mutate(picked),
              })
            }
          >
            Delete
          </Button>
        )}
      </Group>
      <CardTable
        label="FASTQ files by sample"
        head={['Client id', 'Files', 'Check', 'URL expires', ...(everywhere ? ['Owner'] : []), 'Sample']}
      >
        {rows.map((row) => (
          <Row
            key={keyOf(row)}
            row={row}
            everywhere={everywhere}
            picked={picked.includes(row)}
            onPick={(on) => toggle(row, on)}
          />
        ))}
      </CardTable>
      <AssignDialog
        rows={picked}
        opened={assigning}
        close={() => setAssigning(false)}
        assigned={() => setChosen([])}
      />
    </Paper>
  )
}

interface RowProps {
  row: SheetRow
  everywhere: boolean
  picked: boolean
  onPick: (on: boolean) => void
}

function Row({ row, everywhere, picked, onPick }: RowProps) {
  const { projects } = useChosenProject()
  const { r1, r2 } = row.fastq
  const owner = row.project === null ? 'Everyone' : projects.find(({ id }) => id === row.project)?.name
  return (
    <Table.Tr>
      <Table.Td miw={160} style={{ overflowWrap: 'anywhere' }}>
        {row.sample === null ? (
          <Checkbox
            size="md"
            label={row.client_id}
            classNames={{ label: styles.name! }}
            aria-label={`Select ${row.client_id}`}
            checked={picked}
            onChange={(event) => onPick(event.currentTarget.checked)}
          />
        ) : (
          row.client_id
        )}
      </Table.Td>
      <Table.Td className={styles.files!} data-wide>
        {[r1, ...(r2 ? [r2] : [])].map((part) => (
          <Text key={part.upload} size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {part.destination_path}
            {part.size === null ? '' : `  ${sayBytes(part.size)}`}
          </Text>
        ))}
      </Table.Td>
      <Table.Td>
        <StatusBadge status={worstOf(row)} />
        {[r1, r2].map((part) => part?.last_status.note).find(Boolean) && (
          <Text size="xs" c="dimmed" maw={200}>
            {[r1, r2].map((part) => part?.last_status.note).find(Boolean)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Expiry time={earliestOf(row)} relevant={row.sample === null} />
      </Table.Td>
      {everywhere && <Table.Td>{owner ?? '–'}</Table.Td>}
      <Table.Td>
        {row.sample === null ? (
          '–'
        ) : (
          <Anchor component={PageLink} href={sectionHref(row.project, 'samples', row.sample)} size="sm">
            Open
          </Anchor>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function Expiry({ time, relevant }: { time: string | null; relevant: boolean }) {
  if (time === null) return 'not stated'
  const hours = (Date.parse(time) - Date.now()) / 3_600_000
  if (!relevant || hours > SOON_HOURS) return <TimeAgo time={time} />
  return (
    <>
      <Badge variant="light" color={hours <= 0 ? 'red' : 'yellow'} tt="none" style={{ color: 'inherit' }}>
        {hours <= 0 ? 'expired' : 'soon'}
      </Badge>
      <Text size="xs" c="dimmed">
        <TimeAgo time={time} />
      </Text>
    </>
  )
}

const keyOf = (row: SheetRow): string => row.fastq.r1.upload

const uploadsOf = ({ fastq: { r1, r2 } }: SheetRow): string[] => (r2 ? [r1.upload, r2.upload] : [r1.upload])

function worstOf({ fastq: { r1, r2 } }: SheetRow): string {
  const statuses = [r1.last_status.status, ...(r2 ? [r2.last_status.status] : [])]
  return (['failed', 'started'] as const).find((status) => statuses.includes(status)) ?? 'succeeded'
}

const earliestOf = ({ fastq: { r1, r2 } }: SheetRow): string | null =>
  [r1.expires_at, r2?.expires_at ?? null].filter((time) => time !== null).sort()[0] ?? null
