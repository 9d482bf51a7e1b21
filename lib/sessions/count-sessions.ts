import type { Services } from '#lib/services.ts'
import { countUsable } from './sessions-table.ts'

/** How many sessions can still be used, by state; of the whole installation. */
export const countSessions = ({ db }: Pick<Services, 'db'>): Promise<Record<'minted' | 'opened', number>> =>
  countUsable(db)
