import type { Project } from '#lib/projects/project.ts'
import type { Services } from '#lib/services.ts'
import { exportRows } from './export-overviews.ts'
import { OverviewConditions } from './overview-filter.ts'
import { qualityRow } from './quality-report.ts'
import { writeCsv } from './write-overviews.ts'

/** The samples of a project, hidden ones excluded, newest first and at most `EXPORT_ROWS_MAX`, with what was measured of each. */
export function exportQuality(
  services: Pick<Services, 'db'>,
  { id }: Pick<Project, 'id'>,
  columns: readonly string[],
): ReadableStream<Uint8Array> {
  return exportRows(
    services,
    { scope: [id], filter: OverviewConditions.parse({}) },
    {
      header: writeCsv([[...columns]]),
      rows: (samples) => writeCsv(samples.map((sample) => qualityRow(sample, columns))),
    },
  )
}
