import { type Selectable, sql } from 'kysely'
import { deleteSome } from '#lib/platform/db/delete-some.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database } from '#lib/services.ts'
import type { Browser, Finding } from './finding.ts'
import { REPORT_HOURS, REPORTS_MAX } from './limits.ts'
import type { DoctorReport } from './report.ts'

const fromRow = (row: Selectable<Schema['doctor_report']>): DoctorReport => ({
  code: row.code,
  created: row.created,
  expiresAt: row.expires_at,
  browser: row.browser as Browser,
  findings: row.findings as Finding[],
})

/** Adds a report and removes the oldest beyond `REPORTS_MAX`; undefined when the code is taken. */
export async function insertReport(
  db: Database,
  { code, browser, findings }: Pick<DoctorReport, 'code' | 'browser' | 'findings'>,
): Promise<DoctorReport | undefined> {
  const expires_at = sql<Date>`app_now() + make_interval(hours => ${REPORT_HOURS})`
  const row = await db
    .insertInto('doctor_report')
    .values({ code, browser, findings: JSON.stringify(findings), expires_at: expires_at as unknown as Date })
    .onConflict((there) => there.column('code').doNothing())
    .returningAll()
    .executeTakeFirst()
  const beyond = db.selectFrom('doctor_report').select('code').orderBy('created', 'desc').orderBy('code')
  await db.deleteFrom('doctor_report').where('code', 'in', beyond.offset(REPORTS_MAX)).execute()
  return row && fromRow(row)
}

export async function selectReport(db: Database, code: string): Promise<DoctorReport | undefined> {
  const found = db.selectFrom('doctor_report').selectAll().where('code', '=', code)
  const row = await found.where('expires_at', '>', sql<Date>`app_now()`).executeTakeFirst()
  return row && fromRow(row)
}

/** Delete at most so many reports that have expired, found by `created`, which has an index. Returns whether there may be more. */
export const deleteExpiredReports = (db: Database, limit: number): Promise<boolean> =>
  deleteSome(
    db,
    'doctor_report',
    sql`created <= (select app_now()) - make_interval(hours => ${REPORT_HOURS})`,
    limit,
  )
