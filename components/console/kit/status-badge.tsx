import { Badge } from '@mantine/core'

/** Statuses of samples, sessions, runs, deliveries, keys and people. Colour adds to the word, it never stands for it. */
const COLORS: Record<string, string> = {
  succeeded: 'green',
  working: 'green',
  received: 'green',
  active: 'green',
  accepted: 'green',
  delivered: 'green',
  running: 'blue',
  scheduled: 'blue',
  opened: 'blue',
  retrying: 'yellow',
  'consumer awaiting data': 'gray',
  minted: 'gray',
  waiting: 'gray',
  'failed qc': 'orange',
  'consumer session expired': 'gray',
  expired: 'gray',
  canceled: 'gray',
  failed: 'red',
  rejected: 'red',
  failing: 'red',
  disabled: 'red',
  revoked: 'red',
}

export function StatusBadge({ status }: { status: string }) {
  return (
    <Badge variant="light" color={COLORS[status] ?? 'gray'} tt="none" style={{ color: 'inherit' }}>
      {status}
    </Badge>
  )
}
