import type { Services } from '#lib/services.ts'
import { type ApiKeyNow, selectApiKeyById } from './api-keys-table.ts'

/** An API key by its id, as it is now; undefined when there is none. */
export const findApiKey = ({ db }: Pick<Services, 'db'>, id: string): Promise<ApiKeyNow | undefined> =>
  selectApiKeyById(db, id)
