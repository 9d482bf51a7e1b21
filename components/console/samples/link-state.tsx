import { Paper, Stack, Table, Text, Title } from '@mantine/core'
import type { z } from 'zod'
import type { SessionDetails } from '#lib/sessions/wire.ts'
import { StatusBadge } from '../kit/status-badge.tsx'
import { TimeAgo } from '../kit/time-ago.tsx'
import { wordsForReason } from './reason-words.ts'

/** How the link of a sample stands, and where it leads afterwards. */
export function LinkState({ session }: { session: z.infer<typeof SessionDetails> }) {
  const rows: [label: string, value: React.ReactNode][] = [
    ['State', <StatusBadge key="state" status={session.state} />],
    ...(session.reason ? [['Why', wordsForReason(session.reason)] as [string, string]] : []),
    ['Made', <TimeAgo key="made" time={session.created} />],
    ['To be opened until', <TimeAgo key="until" time={session.link_expires_at} />],
    ['Opened', <TimeAgo key="opened" time={session.opened_at} none="not yet" />],
    [
      'Upload window ends',
      <TimeAgo key="deadline" time={session.deadline} none="once it is opened: 15 minutes" />,
    ],
    ['Files begun', session.tries],
    ['Language', session.locale ?? 'that of the browser'],
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
