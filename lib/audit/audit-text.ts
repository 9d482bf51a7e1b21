import type { AuditLink } from './audit-table.ts'

/**
 * What is hashed of an entry, all of it as one text: the JSON array that the database's function `audit_text` writes. It
 * is computed here as well, because a database that was tampered with must not be asked what its own entries say. An
 * address stands in it only where there is one, so entries from before addresses were kept are as they were.
 */
export function auditText(entry: AuditLink): string {
  const members = [
    entry.seq,
    timeText(entry.at),
    entry.actorKind,
    entry.actorId,
    entry.action,
    entry.projectId,
    entry.targets,
    entry.requestId,
    ...(entry.address === null ? [] : [entry.address]),
  ]
  return `[${members.map(jsonText).join(', ')}]`
}

/** As PostgreSQL writes `jsonb`: with a blank after each comma. */
const jsonText = (value: number | string | string[] | null): string =>
  Array.isArray(value) ? `[${value.map(jsonText).join(', ')}]` : JSON.stringify(value)

/** UTC with six digits of the second: `2026-01-02T03:04:05.678901`. Empty for a time that no entry of ours can have. */
export function timeText(microseconds: bigint): string {
  const date = new Date(Number(microseconds / 1_000n))
  if (Number.isNaN(date.getTime())) return ''
  const whole = date.toISOString().slice(0, -1)
  return `${whole}${String(microseconds % 1_000n).padStart(3, '0')}`
}
