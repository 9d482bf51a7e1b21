import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { updateRevoked } from './api-keys-table.ts'

/** From the next request on the key answers 401. Throws 404 when there is no such key that still works. */
export async function revokeApiKey({ db }: Pick<Services, 'db'>, id: string): Promise<void> {
  if (!(await updateRevoked(db, id)))
    throw new Problem('not_found', 'There is no working API key with this id.')
}
