import type { Services } from '#lib/services.ts'
import { chainWaiting } from './audit-table.ts'

/** Entries of one transaction: the head of the chain is held for some 50 milliseconds. */
const BATCH = 500

/**
 * Chain every entry that waits. Whatever was recorded and committed before the call is in the trail when it resolves.
 * Any number of processes may call it at once; each waits while another one chains a batch.
 */
export async function chainAudit({ db }: Pick<Services, 'db'>): Promise<void> {
  let chained: number
  do chained = await chainWaiting(db, BATCH)
  while (chained === BATCH)
}
