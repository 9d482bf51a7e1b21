import { z } from 'zod'
import { ROLES } from '#lib/access/role.ts'
import {
  filled,
  flag,
  missing,
  NOT_LIST,
  numberOfForms,
  tooMany,
  Uuid,
  WireTime,
  wireTime,
} from '#lib/wire/fields.ts'
import type { ApiKey } from './api-keys-table.ts'
import { parseIpRange } from './ip-range.ts'
import { KEY_REQUESTS_PER_MINUTE_MAX } from './request-limit.ts'

const DATE = 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'
const RANGE = 'Enter networks in CIDR notation, such as 203.0.113.0/24 or 2001:db8::/32.'
const RANGES_MAX = 100

/** A day or null. An empty text means null, which forms cannot send. */
const ExpiryDate = z
  .preprocess((value) => (value === '' ? null : value), z.iso.date({ error: DATE }).nullable())
  .default(null)

const IpRange = z
  .array(
    z.string({ error: RANGE }).transform((given, context) => {
      const range = parseIpRange(given.trim())
      if (range === undefined) context.addIssue({ code: 'custom', message: RANGE })
      return range ?? z.NEVER
    }),
    { error: missing(NOT_LIST) },
  )
  .max(RANGES_MAX, tooMany(RANGES_MAX))
  .nullable()
  .default(null)

const REQUESTS = `Enter a whole number from 1 to ${KEY_REQUESTS_PER_MINUTE_MAX}, or nothing for the usual limit.`

export const NewKeyRequest = z.strictObject({
  name: filled(50),
  expiry_date: ExpiryDate,
  ip_range: IpRange,
  /** Ours. Without it, the caller's own role. */
  role: z.enum(ROLES, `Choose one of ${ROLES.join(', ')}.`).optional(),
  /** Ours. Without it, the caller's own project, if it has one. */
  project_id: Uuid.nullable().optional(),
  /** Ours. Without it, the caller's own limit. */
  requests_per_minute: numberOfForms(
    z.int(REQUESTS).min(1, REQUESTS).max(KEY_REQUESTS_PER_MINUTE_MAX, REQUESTS).nullable(),
  ).default(null),
})

export const KeyChange = z.strictObject({
  name: filled(50).optional(),
  revoked: flag().optional(),
})

/** What a key is shown with, and nobody sets. */
export const KEY_NEVER_SET = ['id', 'key', 'prefix', 'has_expired', 'created', 'last_used_at']

/** An API key as lists show it: never the key itself. */
export const WireApiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  revoked: z.boolean(),
  /** Last day (UTC) on which it works. */
  expiry_date: z.iso.date().nullable(),
  has_expired: z.boolean(),
  ip_range: z.array(z.string()).nullable(),
  /** Ours, like all below. */
  role: z.enum(ROLES),
  project_id: z.uuid().nullable(),
  /** Null: the usual limit. */
  requests_per_minute: z.int().nullable(),
  created: WireTime,
  last_used_at: WireTime.nullable(),
})
export type WireApiKey = z.infer<typeof WireApiKey>

/** Answer of `POST user-api-keys/`: the only place where the key is shown. */
export const NewApiKeyAnswer = WireApiKey.omit({
  revoked: true,
  has_expired: true,
  last_used_at: true,
}).extend({
  key: z.string(),
})
export type NewApiKeyAnswer = z.infer<typeof NewApiKeyAnswer>

/** A key as the API shows it. It works on the day of `expiry_date`, and no longer. */
export const presentApiKey = (key: ApiKey): WireApiKey => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  revoked: key.revokedAt !== null,
  expiry_date: key.expiresAt && lastDayBefore(key.expiresAt),
  has_expired: key.expiresAt !== null && key.expiresAt <= key.now,
  ip_range: key.ipRanges,
  role: key.role,
  project_id: key.projectId,
  requests_per_minute: key.requestsPerMinute,
  created: wireTime(key.created),
  last_used_at: key.lastUsedAt && wireTime(key.lastUsedAt),
})

/** A new key, with the key itself. */
export function presentNewApiKey({ row, key }: { row: ApiKey; key: string }): NewApiKeyAnswer {
  const { revoked, has_expired, last_used_at, ...shown } = presentApiKey(row)
  return { ...shown, key }
}

const lastDayBefore = (end: Date) => new Date(end.getTime() - 1).toISOString().slice(0, 10)
