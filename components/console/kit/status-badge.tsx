import type { z } from 'zod'
import type { WireRun } from '#lib/analysis/run-wire.ts'
import type { SampleStatus } from '#lib/samples/sample.ts'
import type { WireUploadTry } from '#lib/sessions/upload/try-wire.ts'
import type { SessionDetails } from '#lib/sessions/wire.ts'
import styles from './status-badge.module.css'

/** Statuses of samples, sessions, runs, deliveries, keys and people. The word carries the meaning; the colour only adds to it. */
const COLORS: Record<Closed, string> & Record<string, string> = {
  // samples
  'consumer awaiting data': 'gray',
  'consumer session expired': 'gray',
  scheduled: 'blue',
  running: 'blue',
  succeeded: 'green',
  'failed qc': 'orange',
  failed: 'red',
  canceled: 'gray',
  // sessions
  minted: 'gray',
  opened: 'blue',
  verifying: 'blue',
  received: 'green',
  expired: 'gray',
  // files that were sent
  receiving: 'blue',
  checking: 'blue',
  accepted: 'green',
  rejected: 'red',
  discarded: 'gray',
  // runs
  queued: 'gray',
  // deliveries
  waiting: 'gray',
  retrying: 'yellow',
  delivered: 'green',
  // checks
  Passed: 'green',
  Failed: 'red',
  Allowed: 'yellow',
  // webhooks, keys, people and the parts of the system
  active: 'green',
  working: 'green',
  failing: 'red',
  disabled: 'red',
  revoked: 'red',
}

/** A word of one of these lists that has no colour does not compile; other words are gray. */
type Closed =
  | SampleStatus
  | WireUploadTry['state']
  | WireRun['state']
  | z.infer<typeof SessionDetails>['state']

/** A plain element: a page of samples has two in each row. */
export function StatusBadge({ status }: { status: string }) {
  const color = COLORS[status] ?? 'gray'
  return (
    <span className={styles.badge} style={{ backgroundColor: `var(--mantine-color-${color}-light)` }}>
      {status}
    </span>
  )
}
