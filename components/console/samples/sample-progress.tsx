'use client'

import { Paper, Stack, Table, Text, Timeline, Title } from '@mantine/core'
import type { z } from 'zod'
import { nameVendor } from '#lib/genotype/vendors.ts'
import type { LastStatus } from '#lib/samples/wire.ts'
import type { WireUploadTry } from '#lib/sessions/upload/try-wire.ts'
import type { SessionDetails } from '#lib/sessions/wire.ts'
import { useApi, useList } from '../api/use-api.tsx'
import { ApiResult } from '../kit/api-result.tsx'
import { Columns } from '../kit/columns.tsx'
import { sayBytes } from '../kit/say-units.ts'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TableFrame } from '../kit/table-frame.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { wordsForDetail, wordsForReason } from './reason-words.ts'

const REFRESH_SECONDS = 5
const LINES_MAX = 200

type Session = z.infer<typeof SessionDetails>
type Status = z.infer<typeof LastStatus>

/** A status of the sample, or an event of its link. */
interface Happening {
  key: string
  at: string
  what: string
  more: string
  strong: boolean
}

const EVENTS: Record<string, string> = {
  minted: 'The link was created',
  opened: 'The link was opened',
  received: 'A file was accepted',
  rejected: 'A file was refused',
  refused_in_browser: 'A file was refused on the device; nothing of it was sent',
  interrupted: 'The file could not get through',
  left: 'The person left the page',
  expired: 'The link expired',
  canceled: 'The link was canceled',
}

/** The history of a sample, newest first, with its link and every file that was sent. */
export function SampleProgress({ sampleId, hasLink }: { sampleId: string; hasLink: boolean }) {
  const refreshing = { everySeconds: REFRESH_SECONDS }
  const statuses = useList<Status>(`sample-statuses/${sampleId}`, { limit: LINES_MAX }, refreshing)
  const session = useApi<Session>(
    `array-data-upload-form/${sampleId}`,
    {},
    {
      ...refreshing,
      enabled: hasLink,
    },
  )
  return (
    <Stack gap="lg">
      <Columns cols={{ base: 1, md: hasLink ? 2 : 1 }} spacing="lg">
        <Paper withBorder p="md">
          <Title order={2} size="h4" mb="md">
            What happened
          </Title>
          <ApiResult result={statuses} lines={5}>
            {({ results }) => <Happenings all={mergeHappenings(results, session.data?.events ?? [])} />}
          </ApiResult>
        </Paper>
        {hasLink && (
          <ApiResult result={session} lines={5}>
            {(there) => <LinkState session={there} />}
          </ApiResult>
        )}
      </Columns>
      {hasLink && <Tries sampleId={sampleId} />}
    </Stack>
  )
}

function Happenings({ all }: { all: Happening[] }) {
  return (
    <Timeline active={0} bulletSize={14} lineWidth={2}>
      {all.map(({ key, at, what, more, strong }) => (
        <Timeline.Item key={key} title={strong ? <StatusBadge status={what} /> : what}>
          {more && <Text size="sm">{more}</Text>}
          <Text size="xs" c="dimmed">
            <TimeAgo time={at} />
          </Text>
        </Timeline.Item>
      ))}
    </Timeline>
  )
}

function mergeHappenings(statuses: readonly Status[], events: Session['events']): Happening[] {
  const all = [
    ...statuses.map(({ id, created, status, note }) => ({
      key: id,
      at: created,
      what: status,
      more: note,
      strong: true,
    })),
    ...events.map(({ kind, reason, detail, created }, at) => ({
      key: `${at} ${kind}`,
      at: created,
      what: EVENTS[kind] ?? kind,
      more: [reason && wordsForReason(reason), wordsForDetail(detail)].filter(Boolean).join(': '),
      strong: false,
    })),
  ]
  return all.sort((one, other) => other.at.localeCompare(one.at))
}

function Tries({ sampleId }: { sampleId: string }) {
  const tries = useList<WireUploadTry>(
    `sample-uploads/${sampleId}`,
    { limit: LINES_MAX },
    { everySeconds: REFRESH_SECONDS },
  )
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        Files that were sent
      </Title>
      <ApiResult
        result={tries}
        lines={2}
        empty={{
          when: ({ results }) => results.length === 0,
          show: (
            <Text size="sm" c="dimmed">
              None yet. Most wrong files are refused in the browser, before anything is sent.
            </Text>
          ),
        }}
      >
        {({ results }) => (
          <TableFrame label="Files that were sent" head={['Started', 'State', 'Size', 'File']}>
            {results.map((one) => (
              <Table.Tr key={`${one.created} ${one.sha256}`}>
                <Table.Td>
                  <TimeAgo time={one.created} />
                </Table.Td>
                <Table.Td>
                  <StatusBadge status={one.state} />
                </Table.Td>
                <Table.Td>{sayBytes(one.size)}</Table.Td>
                <Table.Td>{sayOutcome(one)}</Table.Td>
              </Table.Tr>
            ))}
          </TableFrame>
        )}
      </ApiResult>
    </Stack>
  )
}

function sayOutcome({ vendor, reason, detail, line, erased_at }: WireUploadTry): string {
  if (reason) {
    const where = line === null ? '' : `, line ${line}`
    return `${wordsForReason(reason)}${detail ? ` (${wordsForDetail(detail)}${where})` : where}`
  }
  if (vendor) return `${nameVendor(vendor)}${erased_at ? ', erased by retention' : ''}`
  return '–'
}

type Row = [label: string, value: React.ReactNode]

/** The state of a sample's link, and where it leads afterwards. */
function LinkState({ session }: { session: z.infer<typeof SessionDetails> }) {
  const rows: Row[] = [
    ['State', <StatusBadge key="state" status={session.state} />],
    ...(session.reason ? [['Why', wordsForReason(session.reason)] as Row] : []),
    ['Created', <TimeAgo key="made" time={session.created} />],
    // Once the file is there, no time runs any more.
    ...(session.state === 'received'
      ? []
      : [['Open until', <TimeAgo key="until" time={session.link_expires_at} />] as Row]),
    ['Opened', <TimeAgo key="opened" time={session.opened_at} none="not yet" />],
    ...(session.state === 'received'
      ? []
      : [
          [
            'Upload window ends',
            <TimeAgo key="deadline" time={session.deadline} none="set when it is opened" />,
          ] as Row,
        ]),
    ['Files started', session.tries],
    ['Language', session.locale ?? 'the browser’s'],
    ['Leads on success to', <Destination key="success" url={session.redirect_on_success} />],
    ['Leads on failure to', <Destination key="failure" url={session.redirect_on_failure} />],
  ]
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          Upload link
        </Title>
        <Table variant="vertical" layout="fixed" withRowBorders={false} verticalSpacing={5}>
          <Table.Tbody>
            {rows.map(([label, value]) => (
              <Table.Tr key={label}>
                <Table.Th w={150} fw={400} c="dimmed" bg="transparent" scope="row">
                  {label}
                </Table.Th>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Paper>
  )
}

/** Text, not a link: the partner chose it. */
const Destination = ({ url }: { url: string }) =>
  url === '' ? (
    'our own page'
  ) : (
    <Text size="xs" ff="monospace" component="span">
      {url}
    </Text>
  )
