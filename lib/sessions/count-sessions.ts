import type { Services } from '#lib/services.ts'
import { countUsable } from './sessions-table.ts'

/** How many sessions of the whole installation can still be used, by state. */
export const countSessions = ({ db }: Pick<Services, 'db'>): Promise<Record<'minted' | 'opened', number>> =>
  countUsable(db)
