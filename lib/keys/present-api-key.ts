import type { Role } from '#lib/access/role.ts'
import { wireTime } from '#lib/wire/time.ts'
import type { ApiKeyNow } from './api-keys-table.ts'
import type { NewApiKeyAnswer, WireApiKey } from './wire.ts'

/** A key as the API shows it. It works on the day of `expiry_date`, and no longer. */
export const presentApiKey = (key: ApiKeyNow): WireApiKey => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  revoked: key.revoked_at !== null,
  expiry_date: key.expires_at && lastDayBefore(key.expires_at),
  has_expired: key.expires_at !== null && key.expires_at <= key.now,
  ip_range: key.ip_ranges,
  role: key.role as Role,
  project_id: key.project_id,
  requests_per_minute: key.requests_per_minute,
  created: wireTime(key.created),
  last_used_at: key.last_used_at && wireTime(key.last_used_at),
})

/** A new key, with the key itself. */
export function presentNewApiKey({ row, key }: { row: ApiKeyNow; key: string }): NewApiKeyAnswer {
  const { revoked, has_expired, last_used_at, ...shown } = presentApiKey(row)
  return { ...shown, key }
}

const lastDayBefore = (end: Date) => new Date(end.getTime() - 1).toISOString().slice(0, 10)
