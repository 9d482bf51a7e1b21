import type { Database, Tx } from '#lib/services.ts'
import { type AuditFact, nameActor } from './audit.ts'
import {
  hasAuditEntry,
  holdAuditFact,
  insertAuditEntry,
  type NewAuditEntry,
  type OnceWithin,
} from './audit-table.ts'

/**
 * Record who did what, in the transaction that does it: both are durable together or not at all. The entry is chained
 * seconds later, or when somebody reads the trail, so nobody waits for others who record something.
 */
export function recordAudit(db: Database | Tx, fact: AuditFact): Promise<void> {
  return insertAuditEntry(db, entryOf(fact))
}

/**
 * The same, unless the same actor did the same to the same targets from the same address within `seconds`: for requests
 * that programs repeat. Of several at the same moment one is recorded.
 */
export async function recordAuditOnce(db: Database | Tx, fact: AuditFact, within: OnceWithin): Promise<void> {
  const entry = entryOf(fact)
  if (await hasAuditEntry(db, entry, within)) return
  const add = async (tx: Database | Tx) => {
    await holdAuditFact(tx, entry)
    if (!(await hasAuditEntry(tx, entry, within))) await insertAuditEntry(tx, entry)
  }
  await (db.isTransaction ? add(db) : db.transaction().execute(add))
}

function entryOf({ by, action, projectId, targets }: AuditFact): NewAuditEntry {
  const { kind, id, ...traces } = nameActor(by)
  return { actorKind: kind, actorId: id, action, projectId, targets, ...traces }
}
