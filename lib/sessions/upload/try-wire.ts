import { z } from 'zod'
import { DETAILS, REASONS } from '#lib/genotype/reason.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import { WireTime, wireTime } from '#lib/wire/fields.ts'
import { UPLOAD_STATES } from './upload.ts'
import type { UploadTry } from './uploads-table.ts'

/** An item of `GET sample-uploads/{sample_id}`; ours. No name and no content: a file is known by its digest. */
export const WireUploadTry = z.object({
  state: z.enum(UPLOAD_STATES),
  size: z.int(),
  sha256: z.string(),
  created: WireTime,
  received_at: WireTime.nullable(),
  ended_at: WireTime.nullable(),
  vendor: z.enum(VENDORS).nullable(),
  reason: z.enum(REASONS).nullable(),
  detail: z.enum(DETAILS).nullable(),
  line: z.int().nullable(),
  erased_at: WireTime.nullable(),
})
export type WireUploadTry = z.infer<typeof WireUploadTry>

const timeOrNull = (time: Date | null) => time && wireTime(time)

export const presentTry = (row: UploadTry): WireUploadTry => ({
  state: row.state,
  size: row.size,
  sha256: row.sha256,
  created: wireTime(row.created),
  received_at: timeOrNull(row.received_at),
  ended_at: timeOrNull(row.ended_at),
  vendor: row.vendor,
  reason: row.reason as WireUploadTry['reason'],
  detail: row.detail as WireUploadTry['detail'],
  line: row.line,
  erased_at: timeOrNull(row.erased_at),
})
