import { z } from 'zod'
import { WireTime, wireTime } from '#lib/wire/fields.ts'
import { choice, QueryTime, QueryTimeFrom, QueryUuid } from '#lib/wire/query-fields.ts'
import { ACTOR_KINDS, AUDIT_ACTIONS, type AuditEntry } from './audit.ts'

/** Filters of the list of entries. */
export const AuditFilter = z.object({
  action: choice(AUDIT_ACTIONS).optional(),
  /** Id of a sample, file, key or subscription. */
  target: QueryUuid.optional(),
  /** Id of the person or API key that acted. */
  actor: QueryUuid.optional(),
  /** From this time on, and before that one (ISO 8601). */
  since: QueryTimeFrom.optional(),
  until: QueryTime.optional(),
})

/** The same for the whole installation. */
export const WholeAuditFilter = AuditFilter.extend({ project: QueryUuid.optional() })

/** One entry of the audit trail. */
export const WireAuditEntry = z.object({
  /** Its number in the trail of the whole installation. */
  id: z.int(),
  created: WireTime,
  actor: z.object({
    kind: z.enum(ACTOR_KINDS),
    id: z.uuid().nullable(),
    /** What a person or key is called now. */
    name: z.string().nullable(),
  }),
  action: z.enum(AUDIT_ACTIONS),
  project: z.uuid().nullable(),
  targets: z.array(z.uuid()),
  /** What the first three targets are called now. */
  target_names: z.array(z.string().nullable()),
  request_id: z.string().nullable(),
  /** Where the request came from; null for what the installation did by itself. */
  address: z.string().nullable(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type WireAuditEntry = z.infer<typeof WireAuditEntry>

export const presentAuditEntry = (entry: AuditEntry): WireAuditEntry => ({
  id: entry.seq,
  created: wireTime(entry.at),
  actor: {
    kind: entry.actorKind,
    id: entry.actorId,
    name: entry.actorName,
  },
  action: entry.action,
  project: entry.projectId,
  targets: entry.targets,
  target_names: entry.targetNames,
  request_id: entry.requestId,
  address: entry.address,
  hash: entry.hash,
})
