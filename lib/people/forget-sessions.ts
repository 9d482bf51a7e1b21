import type { Services } from '#lib/services.ts'
import { deleteOverdueSessions } from './user-sessions-table.ts'

/** Remove sessions, half sign-ins and one-time links that nothing can come of any more. */
export const forgetSessions = ({ db }: Services): Promise<void> => deleteOverdueSessions(db)
