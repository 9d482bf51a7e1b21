import type { Services } from '#lib/services.ts'
import { selectBacklog } from './deliveries-table.ts'

/** Deliveries that are not made yet, of the whole installation, and how long the oldest of them has been queued. */
export const measureBacklog = ({
  db,
}: Pick<Services, 'db'>): Promise<{ waiting: number; oldestSeconds: number }> => selectBacklog(db)
