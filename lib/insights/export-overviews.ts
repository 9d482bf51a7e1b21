import { type Caller, demandRight, projectsInScope } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import type { OverviewConditions } from './overview-filter.ts'
import { type Cursor, type ExportedSample, type Scope, selectOverviewsAfter } from './overviews-table.ts'
import { writeOverviewHeader, writeOverviewRows } from './write-overviews.ts'

/** Rows of one export: as many as a spreadsheet takes without a struggle. */
export const EXPORT_ROWS_MAX = 100_000
/** Rows of one question; with the largest metadata some 8 MB. */
const BATCH_ROWS = 500

/**
 * Every sample that the filter finds, newest first and at most EXPORT_ROWS_MAX, as CSV that a spreadsheet can open
 * without running anything. A project out of sight has none.
 */
export function exportOverviews(
  services: Pick<Services, 'db'>,
  caller: Caller,
  filter: OverviewConditions,
): ReadableStream<Uint8Array> {
  const scope = projectsInScope(demandRight(caller, 'sample_read'), filter.project)
  return exportRows(services, { scope, filter }, { header: writeOverviewHeader(), rows: writeOverviewRows })
}

/** Samples as text, written while they are read: the header, then every batch. */
export function exportRows(
  services: Pick<Services, 'db'>,
  { scope, filter }: { scope: Scope; filter: OverviewConditions },
  write: { header: string; rows: (samples: readonly ExportedSample[]) => string },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let after: Cursor | null = null
  let left = EXPORT_ROWS_MAX
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(write.header)),
    async pull(controller) {
      const limit = Math.min(BATCH_ROWS, left)
      const rows = await selectOverviewsAfter(services.db, scope, filter, { after, limit })
      left -= rows.length
      const last = rows.at(-1)
      if (last) {
        after = { created: last.cursor, id: last.id }
        controller.enqueue(encoder.encode(write.rows(rows)))
      }
      if (rows.length < limit || left === 0) controller.close()
    },
  })
}
