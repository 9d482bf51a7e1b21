'use client'

import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import type { WireUserSession } from '#lib/people/wire.ts'
import { useAct, useList } from '../api/use-api.tsx'
import { ApiResult, EmptyState } from '../kit/api-result.tsx'
import { askFor, FIRST_PAGE } from '../kit/page-place.ts'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TableFrame } from '../kit/table-frame.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'

const LIMIT = 50

/** Where a person is signed in to the console, with a button to end each session. Without `userId`, the signed-in person. */
export function SessionList({ userId }: { userId?: string }) {
  const [place, turn] = useState(FIRST_PAGE)
  const sessions = useList<WireUserSession>('user-sessions/', {
    user: userId,
    limit: LIMIT,
    ...askFor(place),
  })
  const endOthers = useAct({
    method: 'DELETE',
    path: 'user-sessions/',
    query: { user: userId },
    done: 'Signed out everywhere else.',
  })
  return (
    <ApiResult
      result={sessions}
      lines={2}
      empty={{
        when: (page) => page.results.length === 0 && place === FIRST_PAGE,
        show: (
          <EmptyState icon="screen" title="Not signed in anywhere">
            Sessions of the console are listed here, with their browser and address.
          </EmptyState>
        ),
      }}
    >
      {({ results, meta }) => (
        <Stack>
          <TableFrame
            label="Sessions"
            head={['Browser', 'Address', 'Signed in', 'Last seen', 'Actions']}
            pages={{ meta, rows: results.length, limit: LIMIT, place, turn }}
          >
            {results.toSorted(currentFirst).map((session) => (
              <SessionRow key={session.id} session={session} userId={userId} />
            ))}
          </TableFrame>
          {(meta.count > 1 || results.some(({ current }) => !current)) && (
            <Group>
              <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
                {userId ? 'Sign out everywhere' : 'Sign out everywhere else'}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </ApiResult>
  )
}

const currentFirst = (one: WireUserSession, other: WireUserSession) =>
  Number(other.current) - Number(one.current)

function SessionRow({ session, userId }: { session: WireUserSession; userId: string | undefined }) {
  const end = useAct({
    method: 'DELETE',
    path: `user-sessions/${session.id}`,
    query: { user: userId },
    done: 'The session was ended.',
  })
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <Text size="sm">{browserOf(session.user_agent)}</Text>
          {session.current && <StatusBadge status="this session" />}
        </Group>
      </Table.Td>
      <Table.Td>{session.ip_address ?? '–'}</Table.Td>
      <Table.Td>
        <TimeAgo time={session.created} />
      </Table.Td>
      <Table.Td>
        <TimeAgo time={session.last_seen_at} />
      </Table.Td>
      <Table.Td>
        {!session.current && (
          <Button variant="default" size="xs" loading={end.isPending} onClick={() => end.mutate()}>
            End
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

/** The browser and system as the user agent names them. Good enough to tell sessions apart, and for nothing else. */
function browserOf(userAgent: string | null): string {
  if (!userAgent) return 'Unknown browser'
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(userAgent)?.[1]
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[1]
  const name = { Edg: 'Edge', OPR: 'Opera' }[browser ?? ''] ?? browser
  return (
    [name, system && `on ${system.replace('Mac OS X', 'macOS')}`].filter(Boolean).join(' ') ||
    'Unknown browser'
  )
}
