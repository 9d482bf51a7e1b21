import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { updateDisabled } from './users-table.ts'

/** From the next request on neither the person's tokens nor their keys work. Throws 404 when nobody is left to stop. */
export async function disableUser({ db }: Pick<Services, 'db'>, email: string): Promise<void> {
  if (!(await updateDisabled(db, email.trim().toLowerCase()))) {
    throw new Problem('not_found', 'There is nobody with this email address who could sign in.')
  }
}
